package dev.penstock.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@NoLeftovers
class TimersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aTaskRunsOnceOnADaemonThatKeepsNobodysClassLoader() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        Future<?> task = Timers.schedule(() -> ran.complete(Thread.currentThread()), 1);
        Thread thread = ran.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("penstock-");
        assertThat(thread.getContextClassLoader()).isSameAs(Timers.class.getClassLoader());
        assertThat(task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
    }

    @Test
    void whatIsCancelledDoesNotRun() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Future<?> cancelled =
                Timers.schedule(runs::incrementAndGet, Duration.ofMillis(300).toNanos());
        CountDownLatch later = new CountDownLatch(1);
        Future<?> unused =
                Timers.schedule(later::countDown, Duration.ofMillis(301).toNanos());

        assertThat(cancelled.cancel(false)).isTrue();
        assertThat(later.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void aTaskThatThrowsDoesNotTakeTheTimerWithIt() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        Future<?> failing = Timers.schedule(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                1);
        Await.until("the failing task", PATIENCE, failing::isDone);
        Future<?> unused = Timers.schedule(next::countDown, 1);

        assertThat(next.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
