package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL that is killed, and one that is restarted in order. */
@NoLeftovers
class RestartTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static PostgresServer server;

    private final Recorder recorder = new Recorder();
    private PenstockConnector connector;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        connector = Connectors.to(server, "127.0.0.1", server.port())
                .config(PenstockConfig.builder()
                        .connect(c -> c.deadline(DEADLINE))
                        .listener(recorder)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        connector.close();
    }

    private boolean usable() {
        try (Connection connection = connector.getConnection()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerThatWasKilledAndCameBack() {
        assertThat(usable()).isTrue();
        server.kill9();
        Failure.of(connector)
                .is(ConnectOutcome.UNREACHABLE, ConnectPhase.TCP)
                .hasStateOfPhase()
                .before(DEADLINE);
        server.restart();
        assertThat(usable()).isTrue();
    }

    /**
     * From the first moment of a restart to its last: the server says that it is shutting down (57P03) for as long as
     * somebody is still there, then nobody listens, then it starts up.
     */
    @Test
    void aRestartWhileAConnectIsUnderWay() throws Exception {
        assumeThat(server.engine()).as("a process that can be sent a signal").isEqualTo("embedded");
        try (Connection lastGuest = server.connect()) {
            assertThat(lastGuest.isValid(5)).isTrue();
            shutDownSmartly();
            Await.until("57P03", PATIENCE, () -> !accepts());
            Future<Boolean> connect = CompletableFuture.supplyAsync(this::usable);
            Await.until("the server's word that it shuts down", PATIENCE, this::toldThatItIsNotReady);
            assertThat(connect).isNotDone();

            server.restart();

            assertThat(connect.get()).isTrue();
        }
    }

    /** SIGTERM: no newcomers, and the end once the last guest has left. */
    private static void shutDownSmartly() {
        assertThat(ProcessHandle.of(server.pid()).orElseThrow().destroy()).isTrue();
    }

    private static boolean accepts() {
        try (Connection connection = server.connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean toldThatItIsNotReady() {
        return recorder.attempts().stream().anyMatch(attempt -> attempt.outcome() == ConnectOutcome.STARTING_UP);
    }
}
