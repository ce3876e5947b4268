package dev.penstock.tools.addresses;

import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import java.time.Duration;

/** The connects that take seconds in which next to nothing happens; all under way once this is made. */
final class WaitingCases implements AutoCloseable {
    private static final Duration SLOW = Duration.ofSeconds(12);
    private static final Duration SLOW_DEADLINE = Duration.ofSeconds(30);
    private static final Duration COLD = Duration.ofSeconds(6);
    private static final Duration COLD_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PLAIN_PATIENCE = Duration.ofSeconds(20);
    private static final Duration PLAIN_PATIENCE_SILENT = Duration.ofSeconds(5);
    private static final Duration HANGS_AFTER_DEADLINE = Duration.ofSeconds(5);

    private final NamedService slow;
    private final NamedService cold;
    private final Background slowConnect;
    private final Background coldConnect;
    private final Background plainSlow;
    private final Background plainCold;
    private final Background plainHoles;
    private final Background plainSilent;

    /** Plain pgjdbc goes to the first address of the two services that are given. */
    WaitingCases(PostgresServer server, NamedService holes, NamedService silent) {
        slow = proxied(server, 1, Behaviour.answerAfter(SLOW));
        cold = proxied(server, 12, Behaviour.silentFor(COLD));
        coldConnect = Background.start("cold", () -> cold.freshConnect(c -> c.deadline(COLD_DEADLINE)));
        slowConnect = Background.start("slow", () -> slow.freshConnect(defaults -> {}));
        plainCold = plain("plain-cold", cold);
        plainSlow = plain("plain-slow", slow);
        plainHoles = plain("plain-black-hole", holes);
        plainSilent = plain("plain-silent", silent);
    }

    private static NamedService proxied(PostgresServer server, int count, Behaviour behaviour) {
        return new NamedService(server, Loopback.freePort())
                .with(
                        Loopback.addresses(2, count + 1),
                        (address, port) ->
                                FaultProxy.at(address, port, server.address()).behave(behaviour));
    }

    private static Background plain(String name, NamedService service) {
        return Background.start(name, () -> Attempt.timed(service.plain()));
    }

    /** How plain pgjdbc fares at a black hole. */
    String plainAtBlackHole() throws InterruptedException {
        return plainHoles.label(PLAIN_PATIENCE);
    }

    /** And at a server that accepts and says nothing. */
    String plainAtSilent() throws InterruptedException {
        return plainSilent.label(PLAIN_PATIENCE_SILENT);
    }

    /** One address that takes its time: with all defaults, nothing may lose patience with it. */
    CaseResult slow() throws InterruptedException {
        return judged("server needs 12 s to answer, all defaults", slowConnect, SLOW_DEADLINE)
                .withToday(plainSlow.label(PLAIN_PATIENCE));
    }

    /** Twelve that are all cold: of those that were given up one must be there when they wake. */
    CaseResult cold() throws InterruptedException {
        return judged("12 addresses, all silent for 6 s, deadline 10 s", coldConnect, COLD_DEADLINE)
                .withToday(plainCold.label(PLAIN_PATIENCE));
    }

    private static CaseResult judged(String name, Background connect, Duration deadline) throws InterruptedException {
        Attempt attempt = connect.get(deadline.plus(HANGS_AFTER_DEADLINE));
        return CaseResult.ofTimes(name, Repetitions.of(attempt), deadline);
    }

    @Override
    public void close() {
        slow.close();
        cold.close();
    }
}
