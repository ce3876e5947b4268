package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers that come back: within a connect, or by the next one. */
@NoLeftovers
class HealingTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Recorder recorder = new Recorder();

    private static void connects(PenstockConnector connector) throws SQLException {
        try (Connection connection = connector.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private PenstockConfig within(Duration deadline) {
        return PenstockConfig.builder()
                .connect(c -> c.deadline(deadline))
                .listener(recorder)
                .build();
    }

    @Test
    @WithPostgres
    void aSilentPeerHeals(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silent());
                PenstockConnector connector = Connectors.through(proxy, server, Mode.PLAIN, SHORT)) {
            Failure.of(connector).is(ConnectOutcome.TIMED_OUT, ConnectPhase.STARTUP);
            Failure.of(connector).is(ConnectOutcome.TIMED_OUT, ConnectPhase.STARTUP);
            proxy.behave(Behaviour.pass());
            Await.until("a connect at the next call", PATIENCE, () -> succeeds(connector));
            proxy.awaitOpenConnections(0);
        }
    }

    private static boolean succeeds(PenstockConnector connector) {
        try {
            connects(connector);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    // ---- starting up ---------------------------------------------------------------------------

    @Test
    @WithPostgres
    void aServerThatIsStartingUpIsAskedAgainQuietly(PostgresServer server) throws SQLException {
        try (FakePostgres starting = FakePostgres.errorThenProxy("57P03", "starting up", 4, server.address());
                PenstockConnector connector = Connectors.to(server, starting.proxy())
                        .config(within(DEADLINE))
                        .build()) {
            connects(connector);
            assertThat(starting.accepted()).isEqualTo(5);
            assertThat(recorder.lastSuccess().attempts())
                    .extracting(ConnectAttempt::outcome)
                    .containsExactly(
                            ConnectOutcome.STARTING_UP,
                            ConnectOutcome.STARTING_UP,
                            ConnectOutcome.STARTING_UP,
                            ConnectOutcome.STARTING_UP,
                            ConnectOutcome.CONNECTED);
        }
    }

    @Test
    @WithPostgres
    void aServerThatNeverGetsReady(PostgresServer server) {
        try (FakePostgres starting = FakePostgres.start(PgScript.startingUp());
                PenstockConnector connector = Connectors.to(server, starting.proxy())
                        .config(within(Duration.ofSeconds(1)))
                        .build()) {
            Failure.of(connector)
                    .is(ConnectOutcome.STARTING_UP, ConnectPhase.STARTUP)
                    .hasState("57P03")
                    .names("127.0.0.1:" + starting.port(), "times")
                    .atTheDeadline(Duration.ofSeconds(1));
            assertThat(starting.accepted()).isBetween(2, 30);
        }
    }
}
