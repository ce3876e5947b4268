package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A hand is laid on one exchange, or the next one begins. */
class ExchangeGuardTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ExchangeGuard guard = new ExchangeGuard();

    private static SocketException because() {
        return new SocketException("of a limit");
    }

    @Test
    void theLatestExchangeCanBeHeldAndNoOther() throws SocketException {
        assertThat(guard.hold(1)).isFalse();
        guard.enter(1);
        assertThat(guard.hold(0)).isFalse();
        assertThat(guard.hold(2)).isFalse();
        assertThat(guard.isOpen()).isTrue();

        assertThat(guard.hold(1)).isTrue();
        assertThat(guard.isOpen()).isFalse();
        assertThat(guard.isAt(1)).isTrue();
    }

    @Test
    void onlyOneHoldsIt() throws SocketException {
        guard.enter(1);
        assertThat(guard.hold(1)).isTrue();
        assertThat(guard.hold(1)).isFalse();
        guard.release(1);

        assertThat(guard.hold(1)).isTrue();
    }

    /** TLS says good-bye on a socket that is closed below it: whoever closes must not wait. */
    @Test
    void whoeverHoldsItIsNotWaitedForOnceTheSocketIsClosed() throws SocketException {
        guard.enter(1);
        assertThat(guard.hold(1)).isTrue();
        CompletableFuture<Void> next = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> guard.enter(2)).hasMessage("Socket closed"));
        guard.closed();

        assertThat(next).succeedsWithin(SOON);
        assertThat(guard.isOver()).isFalse();
    }

    @Test
    void whatIsNotHeldCannotBeEnded() throws SocketException {
        guard.enter(1);
        assertThat(guard.end(1, ExchangeGuardTest::because)).isFalse();
        guard.enter(2);

        assertThat(guard.isOver()).isFalse();
    }

    @Test
    void whoeverLetGoOfItCannotEndItNorReleaseTheNextOne() throws SocketException {
        guard.enter(1);
        assertThat(guard.hold(1)).isTrue();
        guard.release(1);
        guard.enter(2);
        assertThat(guard.hold(2)).isTrue();
        guard.release(1);
        assertThat(guard.end(1, ExchangeGuardTest::because)).isFalse();

        assertThat(guard.isOpen()).isFalse();
        assertThat(guard.isOver()).isFalse();
    }

    @Test
    void nothingBeginsAfterTheEndAndTheReasonIsThatOfWhoeverEndedIt() throws SocketException {
        guard.enter(7);
        assertThat(guard.hold(7)).isTrue();
        assertThat(guard.end(7, ExchangeGuardTest::because)).isTrue();
        assertThat(guard.end(7, () -> new SocketException("another"))).isFalse();

        assertThat(guard.isOver()).isTrue();
        assertThatThrownBy(() -> guard.enter(8)).hasMessage("of a limit");
        assertThat(guard.over()).hasMessage("of a limit");
        assertThat(guard.hold(7)).isFalse();
    }

    @Test
    void anEndThatCameTooLateLeavesNoReason() throws SocketException {
        guard.enter(1);
        assertThat(guard.end(1, () -> new SocketException("of something else"))).isFalse();
        assertThat(guard.hold(1)).isTrue();
        assertThat(guard.end(1, ExchangeGuardTest::because)).isTrue();
        assertThat(guard.end(1, () -> new SocketException("of something else"))).isFalse();

        assertThat(guard.over()).hasMessage("of a limit");
    }

    @Test
    void theNextExchangeWaitsForItsReleaseAndKeepsAnInterrupt() throws Exception {
        guard.enter(1);
        assertThat(guard.hold(1)).isTrue();
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                guard.enter(2);
                entered.complete(Thread.currentThread().isInterrupted());
            } catch (SocketException e) {
                entered.completeExceptionally(e);
            }
        });
        writer.start();
        Await.until("it waits", SOON, () -> writer.getState() == Thread.State.TIMED_WAITING);
        writer.interrupt();
        Await.until("it waits on", SOON, () -> writer.getState() == Thread.State.TIMED_WAITING);
        assertThat(entered).isNotDone();
        guard.release(1);

        assertThat(entered.get()).as("interrupted").isTrue();
        assertThat(guard.isAt(2)).isTrue();
        writer.join();
    }

    @Test
    void whoeverWaitsIsToldIfItEnds() throws Exception {
        guard.enter(1);
        assertThat(guard.hold(1)).isTrue();
        CompletableFuture<SocketException> told = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                guard.enter(2);
                told.completeExceptionally(new AssertionError("it has begun"));
            } catch (SocketException e) {
                told.complete(e);
            }
        });
        writer.start();
        Await.until("it waits", SOON, () -> writer.getState() == Thread.State.TIMED_WAITING);
        assertThat(guard.end(1, ExchangeGuardTest::because)).isTrue();

        assertThat(told.get()).hasMessage("of a limit");
        writer.join();
    }

    @Test
    void waitingForWhatNobodyHoldsIsNoWaiting() {
        assertThatCode(guard::awaitRelease).doesNotThrowAnyException();
        assertThat(guard.isOpen()).isTrue();
    }
}
