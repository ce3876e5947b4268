package dev.penstock.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition instead of for a time.
 *
 * <p>A fault test that sleeps is either slow or flaky; one that waits for what it needs is neither. The condition is
 * polled every few milliseconds, so it must be cheap.
 */
public final class Await {
    private static final long POLL_NANOS = 2_000_000;

    private Await() {}

    /**
     * Returns as soon as {@code condition} holds.
     *
     * @param what the thing waited for, named in the error
     * @throws IllegalStateException when {@code limit} passes first, or the thread is interrupted (its flag stays set)
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        if (!holdsWithin(limit, condition)) {
            throw new IllegalStateException("Waited " + limit.toMillis() + " ms in vain for: " + what
                    + (Thread.currentThread().isInterrupted() ? " (interrupted)" : ""));
        }
    }

    /** Whether {@code condition} came to hold within {@code limit}; false as well when the thread is interrupted. */
    public static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
