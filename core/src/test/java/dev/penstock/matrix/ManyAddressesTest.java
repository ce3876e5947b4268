package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener.ConnectSucceeded;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One name, many addresses, few of them good. How fast exactly is for the benchmarks to say. */
@WithPostgres
@NoLeftovers
class ManyAddressesTest {
    private static final List<InetAddress> TWELVE = Loopback.addresses(2, 13);
    private static final InetAddress LAST = TWELVE.get(11);

    /** The server's own way of taking its time: a developer option, in seconds. */
    private static final String POST_AUTH_DELAY = "-c post_auth_delay=12";

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

    private PenstockConnector connector(PenstockConfig config) {
        return keep(Connectors.to(server, Connectors.NAME, port).config(config).build());
    }

    private ConnectSucceeded connect(PenstockConnector connector) throws SQLException {
        try (Connection connection = connector.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            return recorder.lastSuccess();
        }
    }

    private String at(InetAddress address) {
        return address.getHostAddress() + ":" + port;
    }

    @Test
    void elevenBlackHolesAreFoundOutOnce() throws SQLException {
        TWELVE.subList(0, 11).forEach(address -> keep(BlackHole.at(address, port)));
        proxyAt(LAST, Behaviour.pass());
        PenstockConnector connector = connector(Connectors.with(names, Duration.ofSeconds(30), recorder));

        ConnectSucceeded first = connect(connector);
        assertThat(first.host()).isEqualTo(Connectors.NAME + ":" + port);
        assertThat(first.address()).isEqualTo(at(LAST));
        assertThat(first.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(first.attempts())
                .extracting(ConnectAttempt::address)
                .containsExactlyElementsOf(TWELVE.stream().map(this::at).toList());
        assertThat(first.attempts())
                .extracting(ConnectAttempt::outcome)
                .filteredOn(outcome -> outcome == ConnectOutcome.CONNECTED)
                .hasSize(1);

        ConnectSucceeded second = connect(connector);
        assertThat(second.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.address()).isEqualTo(at(LAST));
            assertThat(attempt.outcome()).isEqualTo(ConnectOutcome.CONNECTED);
        });
        assertThat(second.connect()).isEqualTo(first.connect() + 1);
    }

    @Test
    void elevenSilentServersAreFoundOutOnce() throws SQLException {
        TWELVE.subList(0, 11).forEach(address -> proxyAt(address, Behaviour.silent()));
        proxyAt(LAST, Behaviour.pass());
        PenstockConnector connector = connector(Connectors.with(names, Duration.ofSeconds(5), recorder));

        assertThat(connect(connector).address()).isEqualTo(at(LAST));

        assertThat(connect(connector).attempts())
                .singleElement()
                .extracting(ConnectAttempt::address)
                .isEqualTo(at(LAST));
    }

    /** Twelve seconds of patience in all, so all at once. */
    @Test
    @Tag("once") // it waits, for the same on every JDK
    void aServiceThatIsSlowEverywhereStillConnects() throws Exception {
        Behaviour silentForSixSeconds = Behaviour.silentFor(Duration.ofSeconds(6));
        TWELVE.forEach(address -> proxyAt(address, silentForSixSeconds));
        PenstockConnector twelve = connector(Connectors.with(names, Duration.ofSeconds(10), recorder));
        new Cells()
                .add("all twelve silent for 6 s, deadline 10 s", () -> {
                    ConnectSucceeded success = connect(twelve);
                    assertThat(success.elapsed()).isGreaterThan(Duration.ofSeconds(4));
                    assertThat(success.attempts())
                            .extracting(ConnectAttempt::address)
                            .contains(TWELVE.stream().map(this::at).toArray(String[]::new));
                })
                .add(
                        "12 s of work after authentication, all defaults",
                        () -> takesTwelveSeconds("options", POST_AUTH_DELAY, Behaviour.pass()))
                .add(
                        "12 s of silence, all defaults",
                        () -> takesTwelveSeconds("sslmode", "disable", Behaviour.answerAfter(Duration.ofSeconds(12))))
                .run();
    }

    private void takesTwelveSeconds(String property, String value, Behaviour behaviour) throws SQLException {
        try (FaultProxy slow = FaultProxy.to(server.address()).behave(behaviour);
                PenstockConnector connector =
                        Connectors.to(server, slow).property(property, value).build()) {
            long start = System.nanoTime();
            try (Connection connection = connector.getConnection()) {
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(12));
                assertThat(connection.isValid(5)).isTrue();
                assertThat(slow.accepted())
                        .as("one session, however long it takes")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void theLastGoodAddressDiesAndNoneIsBannedForGood() throws SQLException {
        InetAddress one = TWELVE.get(0);
        InetAddress other = TWELVE.get(1);
        names.answer(Connectors.NAME, one, other);
        FaultProxy first = proxyAt(one, Behaviour.pass());
        FaultProxy second = proxyAt(other, Behaviour.pass());
        PenstockConnector connector = connector(Connectors.with(names, Duration.ofSeconds(30), recorder));
        assertThat(connect(connector).address()).isEqualTo(at(one));

        first.behave(Behaviour.blackHole());
        ConnectSucceeded whileDead = connect(connector);
        assertThat(whileDead.address()).isEqualTo(at(other));
        assertThat(whileDead.attempts()).extracting(ConnectAttempt::address).containsExactly(at(one), at(other));
        assertThat(connect(connector).attempts())
                .as("the second connect does not pay again")
                .singleElement()
                .extracting(ConnectAttempt::address)
                .isEqualTo(at(other));

        first.behave(Behaviour.pass());
        second.behave(Behaviour.refuse());
        assertThat(connect(connector).address()).isEqualTo(at(one));
    }

    @Test
    void aRefusedAddressStartsTheNextAtOnce() throws SQLException {
        names.answer(Connectors.NAME, TWELVE.get(0), TWELVE.get(1));
        proxyAt(TWELVE.get(0), Behaviour.refuse());
        proxyAt(TWELVE.get(1), Behaviour.pass());
        PenstockConnector connector = connector(PenstockConfig.builder()
                .connect(c -> c.resolver(names::resolve).attemptDelay(Duration.ofSeconds(2)))
                .listener(recorder)
                .build());

        ConnectSucceeded success = connect(connector);

        assertThat(success.attempts())
                .extracting(ConnectAttempt::outcome)
                .containsExactly(ConnectOutcome.UNREACHABLE, ConnectOutcome.CONNECTED);
        assertThat(success.attempts().get(1).startedAfter()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void withoutRacingOneAfterTheOtherGetsItsShare() throws SQLException {
        names.answer(Connectors.NAME, TWELVE.subList(0, 3));
        keep(BlackHole.at(TWELVE.get(0), port));
        proxyAt(TWELVE.get(1), Behaviour.silent());
        proxyAt(TWELVE.get(2), Behaviour.pass());
        PenstockConnector connector = connector(PenstockConfig.builder()
                .connect(c -> c.resolver(names::resolve).racing(false).deadline(Duration.ofSeconds(3)))
                .listener(recorder)
                .build());

        ConnectSucceeded success = connect(connector);

        assertThat(success.attempts())
                .extracting(ConnectAttempt::outcome)
                .containsExactly(ConnectOutcome.TIMED_OUT, ConnectOutcome.TIMED_OUT, ConnectOutcome.CONNECTED);
    }

    @Test
    void theLastGoodAnswerServesWhileTheNameServiceIsDeaf() throws SQLException {
        names.answer(Connectors.NAME, LAST);
        proxyAt(LAST, Behaviour.pass());
        PenstockConnector connector = connector(PenstockConfig.builder()
                .connect(c -> c.resolver(names::resolve).dnsPatience(Duration.ofMillis(200)))
                .listener(recorder)
                .build());
        assertThat(connect(connector).address()).isEqualTo(at(LAST));
        assertThat(recorder.stale()).isEmpty();

        names.hang(Connectors.NAME);
        ConnectSucceeded success = connect(connector);

        assertThat(success.address()).isEqualTo(at(LAST));
        assertThat(success.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(recorder.stale()).singleElement().satisfies(stale -> {
            assertThat(stale.host()).isEqualTo(Connectors.NAME);
            assertThat(stale.connect()).isEqualTo(success.connect());
            assertThat(stale.addresses()).isEqualTo(1);
        });
    }
}
