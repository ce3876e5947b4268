package dev.penstock.internal.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one timer thread of the JVM, for limits that no waiting thread can keep itself. Daemon; ends when
 * nothing has been scheduled for half a second. Tasks must not block. Thread-safe.
 *
 * <p>While it is in use its pulse goes every {@link #PULSE}: whatever is scheduled for later than the next
 * beat need not wake the thread, which would cost a healthy connect more than all rules of the race.
 */
public final class Timers {
    private static final Duration PULSE = Duration.ofMillis(25);
    private static final Duration REST_AFTER = Duration.ofMillis(250);

    private static final AtomicBoolean BEATING = new AtomicBoolean();
    private static volatile long lastUse;

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Timers() {}

    /** Runs the task once, {@code delayNanos} from now, unless the future is cancelled before. */
    public static Future<?> schedule(Runnable task, long delayNanos) {
        lastUse = System.nanoTime();
        if (!BEATING.get() && BEATING.compareAndSet(false, true)) {
            beatLater();
        }
        return TIMER.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    private static void beat() {
        if (System.nanoTime() - lastUse < REST_AFTER.toNanos()) {
            beatLater();
        } else {
            BEATING.set(false);
        }
    }

    private static void beatLater() {
        Future<?> unused = TIMER.schedule(Timers::beat, PULSE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.create("penstock-timer", task));
        timer.setKeepAliveTime(250, TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
