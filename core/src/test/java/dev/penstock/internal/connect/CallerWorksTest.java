package dev.penstock.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.internal.connect.Callers.Answer;
import dev.penstock.internal.connect.Callers.Call;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The caller opens a session itself, and is freed all the same. */
@NoLeftovers
class CallerWorksTest {
    @Test
    void theFirstSessionIsOpenedByTheCallerAndTheOneBesideItByAWorker() throws Exception {
        Await.until("idle workers of earlier tests end", Duration.ofSeconds(5), () -> workers() == 0);
        List<InetAddress> two = Loopback.addresses(2, 3);
        try (SilentServer first = SilentServer.anyPort(two.get(0));
                SilentServer second = SilentServer.at(two.get(1), first.port());
                PenstockConnector connector = Connectors.to(
                        "db",
                        first.port(),
                        Connectors.FAR,
                        connect -> connect.resolver(name -> slowly(two)),
                        new PenstockListener() {})) {
            Call call = Callers.start(connector);
            first.awaitAccepted(1);
            Await.until("the caller opens it", Duration.ofSeconds(20), () -> isOpening(call.thread()));

            second.awaitAccepted(1);
            assertThat(isOpening(call.thread())).as("still the first").isTrue();
            assertThat(workers()).isPositive();
            call.thread().interrupt();

            assertThat(call.answer().details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        }
    }

    @Test
    void aListenerThatBlocksOnAWorkerDoesNotHoldIt() throws Exception {
        List<InetAddress> two = Loopback.addresses(2, 3);
        CountDownLatch released = new CountDownLatch(1);
        PenstockListener blocks = new PenstockListener() {
            @Override
            public void attemptEnded(AttemptEnded event) {
                if (Thread.currentThread().getName().startsWith("penstock-connect")) {
                    awaitQuietly(released);
                }
            }
        };
        try (SilentServer silent = SilentServer.anyPort(two.get(0));
                FakePostgres refuses = FakePostgres.at(two.get(1), silent.port(), PgScript.error("28P01", "no"));
                PenstockConnector connector = Connectors.to(
                        "db",
                        refuses.port(),
                        Connectors.FAR,
                        connect -> connect.resolver(name -> slowly(two)),
                        blocks)) {
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.REJECTED);
        } finally {
            released.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean unused = latch.await(Callers.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theDeadlineFreesItAndTellsWhatHappened() throws Exception {
        Duration deadline = Duration.ofMillis(700);
        try (SilentServer silent = SilentServer.start();
                PenstockConnector connector = Connectors.to(silent.port(), deadline, connect -> {})) {
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(answer.took()).isBetween(deadline, deadline.plusSeconds(1));
            silent.awaitOpenConnections(0);
        }
    }

    @Test
    void anInterruptFreesItWithinAMoment() throws Exception {
        try (SilentServer silent = SilentServer.start();
                PenstockConnector connector = Connectors.to(silent.port(), Connectors.FAR, connect -> {})) {
            Call call = Callers.start(connector);
            silent.awaitAccepted(1);

            call.thread().interrupt();

            Answer answer = call.answer();
            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
            assertThat(answer.failure()).hasMessageContaining("the calling thread was interrupted");
            assertThat(answer.interrupted()).isTrue();
        }
    }

    /** As any name server: the caller waits by then. */
    private static List<InetAddress> slowly(List<InetAddress> answer) {
        Await.until(
                "the caller waits",
                Duration.ofSeconds(5),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(t -> t.getName().equals("caller") && t.getState() == Thread.State.TIMED_WAITING));
        return answer;
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("penstock-connect"))
                .count();
    }

    private static boolean isOpening(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".SessionOpener"));
    }
}
