package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server's own refusals: they hold for all addresses of its host, so the other ones are left alone, and not for other
 * hosts, which are asked.
 */
@NoLeftovers
class RefusalTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MAX_CONNECTIONS = 6;

    private static PostgresServer server;

    private final Recorder recorder = new Recorder();
    private final int port = Loopback.freePort();
    private DnsScript names;
    private FaultProxy first;
    private FaultProxy second;

    @BeforeAll
    static void start() throws SQLException {
        server = PostgresServer.builder()
                .setting("max_connections", Integer.toString(MAX_CONNECTIONS))
                .setting("superuser_reserved_connections", "0")
                .hba("host all outsider 127.0.0.1/32 reject")
                .start();
        server.execute("CREATE ROLE outsider LOGIN");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Two addresses of one name, both of them the same server. */
    @BeforeEach
    void standTwiceBeforeTheServer() {
        first = FaultProxy.at(Loopback.address(2), port, server.address());
        second = FaultProxy.at(Loopback.address(3), port, server.address());
        names = new DnsScript().answer(Connectors.NAME, first.address(), second.address());
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private PenstockConnector.Builder byName() {
        return Connectors.to(server, Connectors.NAME, port).config(Connectors.with(names, DEADLINE, recorder));
    }

    private void refused(
            PenstockConnector.Builder builder, ConnectOutcome outcome, ConnectPhase phase, String sqlState) {
        try (PenstockConnector connector = builder.build()) {
            Failure failure = Failure.of(connector)
                    .is(outcome, phase)
                    .hasState(sqlState)
                    .names(first.address().getHostAddress() + ":" + port, "[" + sqlState + "]")
                    .before(DEADLINE);
            assertThat(failure.details().attempts()).hasSize(1);
            assertThat(first.accepted()).isPositive();
            assertThat(second.accepted()).as("the other address of the host").isZero();
        }
    }

    @Test
    void aWrongPassword() {
        refused(byName().password("wrong"), ConnectOutcome.REJECTED, ConnectPhase.AUTH, "28P01");
    }

    @Test
    void aWrongDatabase() {
        PenstockConnector.Builder builder = PenstockConnector.builder(
                        "jdbc:postgresql://" + Connectors.NAME + ":" + port + "/nowhere")
                .properties(server.credentials())
                .config(Connectors.with(names, DEADLINE, recorder));
        refused(builder, ConnectOutcome.REJECTED, ConnectPhase.AUTH, "3D000");
    }

    @Test
    void noEntryInPgHba() {
        refused(byName().user("outsider"), ConnectOutcome.REJECTED, ConnectPhase.STARTUP, "28000");
    }

    @Test
    void aFullServer() throws SQLException {
        List<Connection> guests = new ArrayList<>();
        try {
            while (guests.size() < MAX_CONNECTIONS) {
                guests.add(server.connect());
            }
            refused(byName(), ConnectOutcome.SERVER_FULL, ConnectPhase.STARTUP, "53300");
        } finally {
            for (Connection guest : guests) {
                guest.close();
            }
        }
    }

    // ---- other hosts ---------------------------------------------------------------------------

    @Test
    void anotherHostIsAskedAfterARejection() throws SQLException {
        connectsToTheOtherHost("28P01", ConnectOutcome.REJECTED);
    }

    @Test
    void anotherHostIsAskedWhenOneIsFull() throws SQLException {
        connectsToTheOtherHost("53300", ConnectOutcome.SERVER_FULL);
    }

    private void connectsToTheOtherHost(String sqlState, ConnectOutcome outcome) throws SQLException {
        try (FakePostgres refusing = FakePostgres.start(PgScript.error(sqlState, "not here"));
                PenstockConnector connector = Connectors.to(
                                server, "127.0.0.1:" + refusing.port() + "," + Connectors.NAME + ":" + port)
                        .config(Connectors.with(names, DEADLINE, recorder))
                        .build();
                Connection connection = connector.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(recorder.lastSuccess().host()).isEqualTo(Connectors.NAME + ":" + port);
            assertThat(recorder.lastSuccess().attempts())
                    .extracting(ConnectAttempt::outcome)
                    .containsExactly(outcome, ConnectOutcome.CONNECTED);
            assertThat(refusing.accepted()).isEqualTo(1);
        }
    }

    @Test
    void everyHostRejects() {
        try (FakePostgres one = FakePostgres.start(PgScript.error("28P01", "not you"));
                FakePostgres other = FakePostgres.start(PgScript.error("3D000", "not that"));
                PenstockConnector connector = Connectors.to(
                                server, "127.0.0.1:" + one.port() + ",127.0.0.1:" + other.port())
                        .config(Connectors.within(DEADLINE))
                        .build()) {
            Failure.of(connector)
                    .is(ConnectOutcome.REJECTED, ConnectPhase.STARTUP)
                    .hasState("28P01")
                    .names("127.0.0.1:" + one.port(), "127.0.0.1:" + other.port(), "[28P01]", "[3D000]")
                    .before(DEADLINE);
        }
    }

    /** One host rejects us, the other one is down: it may be another story once that is up, so this is transient. */
    @Test
    void oneHostRejectsAndTheOtherIsDown() {
        try (FakePostgres one = FakePostgres.start(PgScript.error("28P01", "not you"));
                PenstockConnector connector = Connectors.to(
                                server, "127.0.0.1:" + one.port() + ",127.0.0.1:" + Loopback.freePort())
                        .config(Connectors.within(DEADLINE))
                        .build()) {
            Failure.of(connector)
                    .is(ConnectOutcome.UNREACHABLE, ConnectPhase.STARTUP)
                    .names("[28P01]")
                    .before(DEADLINE);
        }
    }
}
