package dev.penstock.internal.time;

import java.util.concurrent.Future;

/** Runs tasks later; {@link Timers} does it in earnest. Thread-safe. */
@FunctionalInterface
public interface Scheduler {
    /** Runs the task once, {@code delayNanos} from now, unless the future is cancelled before. It must not block. */
    Future<?> schedule(Runnable task, long delayNanos);
}
