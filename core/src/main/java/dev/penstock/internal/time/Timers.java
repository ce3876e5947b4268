package dev.penstock.internal.time;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer thread of the JVM, for limits that no waiting thread can keep itself. Daemon; ends when
 * nothing has been scheduled for half a second. Tasks must not block. Thread-safe.
 */
public final class Timers {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Timers() {}

    /** Runs the task once, {@code delayNanos} from now, unless the future is cancelled before. */
    public static Future<?> schedule(Runnable task, long delayNanos) {
        return TIMER.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.create("penstock-timer", task));
        timer.setKeepAliveTime(500, TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
