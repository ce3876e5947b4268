package dev.penstock.tools.addresses;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.postgres.PostgresServer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The cases whose time is compared with a tight limit.
 *
 * <p>The server itself listens on the good address, without a proxy in between that would make the direct connect
 * slower and so flatter the ratio.
 */
final class TimedCases implements AutoCloseable {
    private static final Duration FIRST_LIMIT = Duration.ofMillis(1500);
    /** What a later connect may take, as a multiple of a direct one. */
    static final double SECOND_LIMIT = 1.3;

    private static final int WARM_UP_PAIRS = 50;
    private static final Duration SILENT_LIMIT = Duration.ofSeconds(4);
    private static final Duration SILENT_DEADLINE = Duration.ofSeconds(5);

    private final Plan plan;
    private final Consumer<String> progress;
    private final NamedService holes;
    private final NamedService silent;

    TimedCases(PostgresServer server, Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        holes = new NamedService(server, server.port())
                .with(AddressCases.BLACK_HOLES, BlackHole::at)
                .withGood(AddressCases.GOOD);
        silent = new NamedService(server, server.port())
                .with(Loopback.addresses(14, 24), SilentServer::at)
                .withGood(AddressCases.GOOD);
    }

    /** Eleven black holes and the good address. */
    NamedService holes() {
        return holes;
    }

    /** Eleven silent servers and the good address. */
    NamedService silent() {
        return silent;
    }

    /** Each by a connector that knows nothing yet. */
    CaseResult first() {
        Supplier<Attempt> connect = () -> holes.freshConnect(defaults -> {});
        Repetitions times = Repetitions.measure(plan.first(), FIRST_LIMIT, reported("first connect", connect));
        return CaseResult.ofTimes("12 addresses, 11 black holes: first connect", times, FIRST_LIMIT);
    }

    /** All by one connector, which has met the black holes once. */
    CaseResult second() {
        try (PenstockConnector connector = holes.connector(defaults -> {})) {
            Attempt first = Attempt.timed(connector::getConnection);
            Attempt second = Attempt.timed(connector::getConnection);
            progress.accept(String.format(
                    Locale.ROOT,
                    "one connector: first connect %.0f ms, second, not warm, %.1f ms; now warm-up and pairs",
                    first.millis(),
                    second.millis()));
            Attempt.Opener direct = holes.plainTo(AddressCases.GOOD);
            warmUp(connector::getConnection, direct);
            Pairs pairs = Pairs.inBlocks(
                    SECOND_LIMIT, reportedPairs(() -> Pairs.measure(plan.pairs(), connector::getConnection, direct)));
            return CaseResult.ofRatio("12 addresses, 11 black holes: second connect", pairs, SECOND_LIMIT);
        }
    }

    private void warmUp(Attempt.Opener connector, Attempt.Opener direct) {
        for (int i = 0; i < plan.warmUp(); i++) {
            Attempt unused = Attempt.timed(connector);
        }
        Pairs unused = Pairs.measure(WARM_UP_PAIRS, connector, direct);
    }

    /** Each by a connector that knows nothing yet. */
    CaseResult last() {
        Supplier<Attempt> connect = () -> silent.freshConnect(c -> c.deadline(SILENT_DEADLINE));
        Repetitions times = Repetitions.measure(plan.silent(), SILENT_LIMIT, reported("11 silent servers", connect));
        return CaseResult.ofTimes("12 addresses, 11 silent, deadline 5 s", times, SILENT_LIMIT);
    }

    private Supplier<Attempt> reported(String what, Supplier<Attempt> connect) {
        return () -> {
            Attempt attempt = connect.get();
            progress.accept(what + ": " + attempt.label());
            return attempt;
        };
    }

    private Supplier<Pairs> reportedPairs(Supplier<Pairs> block) {
        return () -> {
            Pairs pairs = block.get();
            progress.accept(String.format(Locale.ROOT, "%d pairs: %.2f x", pairs.size(), pairs.ratio()));
            return pairs;
        };
    }

    @Override
    public void close() {
        holes.close();
        silent.close();
    }
}
