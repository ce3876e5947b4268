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
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The caller is interrupted: the wait ends at once, the flag stays, nothing is left. */
@NoLeftovers
class InterruptTest {
    /** Far below the deadline of a minute, and enough for a busy machine. */
    private static final Duration PROMPT = Duration.ofSeconds(10);

    @Test
    void whileAServerIsSilent() throws Exception {
        try (SilentServer server = SilentServer.start();
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {})) {
            Call call = Callers.start(connector);
            server.awaitAccepted(1);
            call.thread().interrupt();
            Answer answer = call.answer();

            assertAbandoned(answer);
            assertThat(answer.failure()).hasMessageContaining("the calling thread was interrupted");
            server.awaitOpenConnections(0);
        }
    }

    @Test
    void beforeTheCall() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {})) {
            Answer answer = Callers.start(connector, true).answer();

            assertAbandoned(answer);
            server.proxy().awaitOpenConnections(0);
        }
    }

    @Test
    void whileTheNameServerIsMute() throws Exception {
        DnsScript dns = new DnsScript().hang("db.penstock.test");
        try (PenstockConnector connector =
                Connectors.to("db.penstock.test", 1, FAR, connect -> connect.resolver(dns::resolve), new Recorder())) {
            Call call = Callers.start(connector);
            dns.awaitCalls("db.penstock.test", 1);
            call.thread().interrupt();

            assertAbandoned(call.answer());
        } finally {
            dns.release("db.penstock.test");
        }
    }

    @Test
    void whileTheCredentialsAreFetched() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (SilentServer server = SilentServer.start();
                PenstockConnector connector = Connectors.to(
                        server.port(),
                        FAR,
                        connect -> connect.credentials(() -> {
                            asked.countDown();
                            return hang(release);
                        }))) {
            Call call = Callers.start(connector);
            asked.await();
            call.thread().interrupt();

            assertAbandoned(call.answer());
            assertThat(server.accepted()).isZero();
        } finally {
            release.countDown();
        }
    }

    /** Whoever is first, caller or server: what was opened is delivered, or closed. */
    @Test
    void atAnyMomentOfAConnectThatWouldSucceed() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                PenstockConnector connector = Connectors.to(server.port(), FAR, connect -> {})) {
            for (int round = 0; round < 60; round++) {
                Call call = Callers.start(connector);
                int accepted = server.accepted();
                if (round % 3 > 0) {
                    Await.holdsWithin(Duration.ofMillis(round % 3), () -> server.accepted() > accepted);
                }
                call.thread().interrupt();
                Answer answer = call.answer();
                if (answer.connection() != null) {
                    assertThat(answer.connection().isClosed()).isFalse();
                    answer.connection().abort(Runnable::run);
                } else {
                    assertAbandoned(answer);
                }
            }
            Await.until("all sockets closed", PATIENCE, () -> server.openConnections() == 0);
        }
    }

    private static void assertAbandoned(Answer answer) {
        assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        assertThat(answer.interrupted()).isTrue();
        assertThat(answer.took()).isLessThan(PROMPT);
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
