package dev.penstock.internal.connect;

import static dev.penstock.internal.connect.Callers.PATIENCE;
import static dev.penstock.internal.connect.Connectors.FAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.Credentials;
import dev.penstock.PenstockConnector;
import dev.penstock.internal.connect.Callers.Answer;
import dev.penstock.internal.connect.Callers.Call;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The connector is closed while callers wait. */
@NoLeftovers
@SuppressWarnings("try") // closing early is what this is about
class CloseTest {
    @Test
    void allWhoWaitAreToldAndNothingIsLeft() throws Exception {
        try (SilentServer server = SilentServer.start();
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {})) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(Callers.start(connector));
            }
            server.awaitAccepted(8);
            connector.close();
            for (Call call : calls) {
                assertClosed(call.answer());
            }
            server.awaitOpenConnections(0);
        }
    }

    @Test
    void whoWaitsForCredentialsIsToldToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (PenstockConnector connector = Connectors.to(
                1,
                FAR,
                connect -> connect.credentials(() -> {
                    asked.countDown();
                    return hang(release);
                }))) {
            Call call = Callers.start(connector);
            asked.await();
            connector.close();

            assertClosed(call.answer());
        } finally {
            release.countDown();
        }
    }

    @Test
    void whoComesLaterIsRefused() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {})) {
            connector.close();
            connector.close();
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
            assertThat(answer.failure()).hasMessageContaining("the connector is closed");
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void whatWasHandedOutStaysOpen() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {})) {
            Connection connection = connector.getConnection();
            connector.close();

            assertThat(connection.isClosed()).isFalse();
            assertThat(server.openConnections()).isEqualTo(1);
            connection.abort(Runnable::run);
            server.proxy().awaitOpenConnections(0);
        }
    }

    @Test
    void atAnyMomentOfAConnectThatWouldSucceed() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence())) {
            for (int round = 0; round < 40; round++) {
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {});
                List<Call> calls = List.of(Callers.start(connector), Callers.start(connector));
                int accepted = server.accepted();
                if (round % 4 > 0) {
                    Await.until("a connection", PATIENCE, () -> server.accepted() > accepted || isDone(calls));
                }
                connector.close();
                for (Call call : calls) {
                    Answer answer = call.answer();
                    if (answer.connection() == null) {
                        assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
                    } else {
                        assertThat(answer.connection().isClosed()).isFalse();
                        answer.connection().abort(Runnable::run);
                    }
                }
            }
            Await.until("all sockets closed", PATIENCE, () -> server.openConnections() == 0);
        }
    }

    private static boolean isDone(List<Call> calls) {
        return calls.stream().anyMatch(call -> call.result().isDone());
    }

    private static void assertClosed(Answer answer) {
        assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        assertThat(answer.failure()).hasMessageContaining("the connector was closed");
        assertThat(answer.interrupted()).isFalse();
        assertThat(answer.took()).isLessThan(PATIENCE);
    }

    private static Credentials hang(CountDownLatch release) {
        try {
            release.await();
            return new Credentials("app", "x");
        } catch (InterruptedException e) {
            throw new IllegalStateException("workers are not interrupted", e);
        }
    }
}
