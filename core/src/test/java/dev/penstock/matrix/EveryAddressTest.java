package dev.penstock.matrix;

import static dev.penstock.ConnectPhase.AUTH;
import static dev.penstock.ConnectPhase.DNS;
import static dev.penstock.ConnectPhase.STARTUP;
import static dev.penstock.ConnectPhase.TCP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectTest;
import dev.penstock.ConnectTest.Result;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PhaseTime;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connect test: each address by itself, whatever the others do. */
@WithPostgres
@NoLeftovers
class EveryAddressTest {
    private static final List<InetAddress> TWELVE = Loopback.addresses(40, 51);
    private static final InetAddress ONE = TWELVE.get(0);
    private static final InetAddress OTHER = TWELVE.get(1);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration FAR = Duration.ofSeconds(60);
    /** For a machine that has something else to do. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final DnsScript names = new DnsScript();
    private final int port = Loopback.freePort();
    private PostgresServer server;

    @BeforeAll
    static void haveTwelveAddresses() {
        assumeThat(Loopback.missing(TWELVE)).isEmpty();
    }

    @BeforeEach
    void use(PostgresServer shared) {
        server = shared;
        names.answer(Connectors.NAME, TWELVE);
    }

    @AfterEach
    void close() throws Exception {
        names.fail(Connectors.NAME);
        names.fail("mute.penstock.test");
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T keep(T each) {
        opened.add(0, each);
        return each;
    }

    private FaultProxy proxyAt(InetAddress address, Behaviour behaviour) {
        return keep(FaultProxy.at(address, port, server.address())).behave(behaviour);
    }

    private void scriptAt(InetAddress address, Behaviour script) {
        keep(FakePostgres.at(address, port, script));
    }

    private PenstockConnector connector(String hosts) {
        return connector(hosts, Connectors.with(names, FAR, recorder));
    }

    private PenstockConnector connector(String hosts, PenstockConfig config) {
        return keep(Connectors.to(server, hosts)
                .property("sslmode", "disable")
                .config(config)
                .build());
    }

    private String host() {
        return Connectors.NAME + ":" + port;
    }

    private String at(InetAddress address) {
        return address.getHostAddress() + ":" + port;
    }

    private static List<ConnectPhase> phases(Result result) {
        return result.phases().stream().map(PhaseTime::phase).toList();
    }

    @Test
    void twelveAddressesInEveryCondition() throws Exception {
        TWELVE.subList(0, 3).forEach(address -> keep(BlackHole.at(address, port)));
        TWELVE.subList(3, 6).forEach(address -> proxyAt(address, Behaviour.silent()));
        TWELVE.subList(6, 8).forEach(address -> proxyAt(address, Behaviour.refuse()));
        scriptAt(TWELVE.get(8), PgScript.startingUp());
        scriptAt(TWELVE.get(9), PgScript.authenticationOkThenSilence());
        TWELVE.subList(10, 12).forEach(address -> proxyAt(address, Behaviour.pass()));
        PenstockConnector connector = connector(host());
        ConnectTest test;
        try (Leftovers leftovers = Leftovers.since(server)) {
            test = connector.test(LIMIT);
            leftovers.assertNone();
        }

        assertThat(test.results())
                .extracting(Result::address)
                .containsExactlyElementsOf(TWELVE.stream().map(this::at).toList());
        assertThat(test.results()).extracting(Result::host).containsOnly(host());
        assertThat(test.results().subList(0, 3)).allSatisfy(hole -> {
            assertThat(hole.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(phases(hole)).containsExactly(DNS, TCP);
            assertThat(hole.elapsed()).isLessThan(LIMIT);
        });
        assertThat(test.results().subList(3, 6)).allSatisfy(silent -> {
            assertThat(silent.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(phases(silent)).containsExactly(DNS, TCP, STARTUP);
        });
        assertThat(test.results().subList(6, 8)).allSatisfy(refused -> {
            assertThat(refused.outcome()).isEqualTo(ConnectOutcome.UNREACHABLE);
            assertThat(phases(refused)).containsExactly(DNS, TCP);
            assertThat(refused.message()).contains("refused");
        });
        assertThat(test.results().get(8)).satisfies(starting -> {
            assertThat(starting.outcome()).isEqualTo(ConnectOutcome.STARTING_UP);
            assertThat(starting.sqlState()).isEqualTo("57P03");
            assertThat(starting.message()).contains("starting up");
        });
        assertThat(test.results().get(9)).satisfies(hanging -> {
            assertThat(hanging.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(phases(hanging)).containsExactly(DNS, TCP, STARTUP, AUTH);
        });
        assertThat(test.results().subList(10, 12)).allSatisfy(good -> {
            assertThat(good.outcome()).isEqualTo(ConnectOutcome.CONNECTED);
            assertThat(phases(good)).containsExactly(DNS, TCP, STARTUP, AUTH);
            assertThat(good.serverVersion()).startsWith(Integer.toString(server.major()));
            assertThat(good.role()).isNull();
            assertThat(good.message()).isNull();
        });
        assertThat(test.connected()).isEqualTo(2);
        assertThat(test.elapsed()).isLessThan(LIMIT.plus(LATE));
        assertThat(test.describe().lines()).hasSize(13);
        assertThat(recorder.attempts()).as("no listener is told").isEmpty();
    }

    @Test
    void everybodyHasATurnThoughAllAreSilent() throws SQLException {
        List<FaultProxy> proxies = TWELVE.stream()
                .map(address -> proxyAt(address, Behaviour.silent()))
                .toList();

        ConnectTest test = connector(host()).test(Duration.ofSeconds(1));

        assertThat(test.results()).hasSize(12).allSatisfy(result -> {
            assertThat(result.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(result.phase()).isEqualTo(STARTUP);
        });
        assertThat(proxies).allMatch(proxy -> proxy.accepted() == 1);
        proxies.forEach(proxy -> proxy.awaitOpenConnections(0));
        assertThat(test.elapsed()).isLessThan(Duration.ofSeconds(1).plus(LATE));
    }

    @Test
    void aNameThatIsNotFoundOrNotAnsweredIsALineOfItsOwn() throws SQLException {
        names.answer(Connectors.NAME, ONE);
        names.hang("mute.penstock.test");
        proxyAt(ONE, Behaviour.pass());
        String mute = "mute.penstock.test:" + port;
        String unknown = "unknown.penstock.test:" + port;

        ConnectTest test = connector(mute + "," + unknown + "," + host()).test(Duration.ofSeconds(1));

        assertThat(test.results()).extracting(Result::host).containsExactly(mute, unknown, host());
        assertThat(test.results())
                .extracting(Result::outcome)
                .containsExactly(ConnectOutcome.TIMED_OUT, ConnectOutcome.UNREACHABLE, ConnectOutcome.CONNECTED);
        assertThat(test.results().subList(0, 2)).allSatisfy(result -> {
            assertThat(result.address()).isNull();
            assertThat(phases(result)).containsExactly(DNS);
        });
        assertThat(test.results().get(1).message()).contains("unknown.penstock.test");
        assertThat(test.elapsed()).isLessThan(Duration.ofSeconds(1).plus(LATE));
    }

    @Test
    void aWrongPasswordIsSaidAndNotRepeated() throws SQLException {
        names.answer(Connectors.NAME, ONE, OTHER);
        proxyAt(ONE, Behaviour.pass());
        scriptAt(OTHER, PgScript.error("28P01", "no entry for password=hunter2"));
        PenstockConnector connector = keep(Connectors.to(server, host())
                .property("password", "hunter2")
                .config(Connectors.with(names, FAR, recorder))
                .build());

        ConnectTest test = connector.test(FAR);

        assertThat(test.results()).allSatisfy(result -> {
            assertThat(result.outcome()).isEqualTo(ConnectOutcome.REJECTED);
            assertThat(result.sqlState()).isEqualTo("28P01");
            assertThat(result.serverVersion()).isNull();
        });
        assertThat(test.results().get(0).phase()).isEqualTo(AUTH);
        assertThat(test.results().get(1).message()).contains("password=***").doesNotContain("hunter2");
        assertThat(test.describe())
                .contains("0 of 2 connected", "REJECTED in auth: [28P01]")
                .doesNotContain("hunter2");
    }

    // ---- what connects learn of it ------------------------------------------------------------

    @Test
    void noAddressIsHeldToHaveFailed() throws SQLException {
        names.answer(Connectors.NAME, ONE, OTHER);
        FaultProxy first = proxyAt(ONE, Behaviour.refuse());
        proxyAt(OTHER, Behaviour.pass());
        PenstockConnector connector = connector(host());
        assertThat(connector.test(FAR).results())
                .extracting(Result::outcome)
                .containsExactly(ConnectOutcome.UNREACHABLE, ConnectOutcome.CONNECTED);

        first.behave(Behaviour.pass());
        connector.getConnection().close();

        assertThat(recorder.lastSuccess().connect()).isEqualTo(1);
        assertThat(recorder.lastSuccess().attempts())
                .extracting(ConnectAttempt::address)
                .containsExactly(at(ONE));
    }

    @Test
    void noAnswerOfTheNameServiceIsKept() throws SQLException {
        names.answer(Connectors.NAME, ONE);
        proxyAt(ONE, Behaviour.pass());
        PenstockConnector connector = connector(host(), Connectors.with(names, Duration.ofMillis(800), recorder));
        assertThat(connector.test(FAR).connected()).isEqualTo(1);

        names.hang(Connectors.NAME);

        assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);
        assertThat(recorder.stale()).isEmpty();
    }

    private PenstockConfig breakerThatOpensAtOnce() {
        return PenstockConfig.builder()
                .connect(c -> c.resolver(names::resolve).deadline(FAR))
                .breaker(b -> b.mode(BreakerMode.ON).failures(1).openInterval(Duration.ofMinutes(1)))
                .listener(recorder)
                .build();
    }

    @Test
    void theBreakerDoesNotOpen() throws SQLException {
        names.answer(Connectors.NAME, ONE);
        FaultProxy proxy = proxyAt(ONE, Behaviour.refuse());
        PenstockConnector connector = connector(host(), breakerThatOpensAtOnce());
        assertThat(connector.test(FAR).connected()).isZero();

        proxy.behave(Behaviour.pass());

        try (Connection connection = connector.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void theBreakerDoesNotCloseAndDoesNotKeepItFromTrying() throws SQLException {
        names.answer(Connectors.NAME, ONE);
        FaultProxy proxy = proxyAt(ONE, Behaviour.refuse());
        PenstockConnector connector = connector(host(), breakerThatOpensAtOnce());
        assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);
        proxy.behave(Behaviour.pass());

        assertThat(connector.test(FAR).connected()).isEqualTo(1);
        assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);

        assertThat(proxy.accepted()).as("the test and nothing else").isEqualTo(1);
    }

    // ---- how it ends before its end -----------------------------------------------------------

    /** What the test came to, and whether the flag of its thread was set. */
    private record Ended(ConnectTest test, boolean interrupted) {}

    private static Ended end(CompletableFuture<Ended> ended) throws Exception {
        return ended.get(20, TimeUnit.SECONDS);
    }

    private static Thread start(PenstockConnector connector, CompletableFuture<Ended> ended) {
        Thread thread = new Thread(() -> {
            try {
                ConnectTest test = connector.test(FAR);
                ended.complete(new Ended(test, Thread.currentThread().isInterrupted()));
            } catch (SQLException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void closingTheConnectorEndsItAndRefusesTheNext() throws Exception {
        names.answer(Connectors.NAME, TWELVE.subList(0, 6));
        List<FaultProxy> proxies = TWELVE.subList(0, 6).stream()
                .map(address -> proxyAt(address, Behaviour.silent()))
                .toList();
        PenstockConnector connector = connector(host());
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        Thread unused = start(connector, ended);
        proxies.get(3).awaitAccepted(1);

        connector.close();

        assertThat(end(ended).test().results()).hasSize(6).allSatisfy(result -> {
            assertThat(result.outcome()).isEqualTo(ConnectOutcome.ABANDONED);
            assertThat(result.message()).isEqualTo("the connector was closed");
        });
        assertThat(end(ended).interrupted()).isFalse();
        proxies.forEach(proxy -> proxy.awaitOpenConnections(0));
        assertThatThrownBy(() -> connector.test(FAR))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        closed -> assertThat(closed.getSQLState()).isEqualTo("08003"))
                .hasMessageContaining("the connector is closed");
    }

    @Test
    void anInterruptEndsItAndStays() throws Exception {
        names.answer(Connectors.NAME, ONE, OTHER);
        proxyAt(OTHER, Behaviour.pass());
        FaultProxy silent = proxyAt(ONE, Behaviour.silent());
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        Thread thread = start(connector(host()), ended);
        silent.awaitAccepted(1);

        thread.interrupt();

        assertThat(end(ended).interrupted()).isTrue();
        assertThat(end(ended).test().results().get(0).outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        silent.awaitOpenConnections(0);
    }

    @Test
    void limitsThatAreNoneAreRefused() {
        PenstockConnector connector = connector(host());
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(2))) {
            assertThatThrownBy(() -> connector.test(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(limit.toString());
        }
    }
}
