package dev.penstock.tools.breaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One borrow.
 *
 * @param begunAt call of {@code getConnection()}, {@link System#nanoTime()}
 * @param endedAt its end; what is done with the connection comes after that
 * @param refusal why there is no connection; null if there is one
 * @param fault why the connection was of no use; null if it was, or there was none
 */
record Call(
        long begunAt,
        long endedAt,
        @Nullable Throwable refusal,
        @Nullable Throwable fault) {
    boolean served() {
        return refusal == null;
    }

    boolean usable() {
        return refusal == null && fault == null;
    }

    long nanos() {
        return endedAt - begunAt;
    }

    /** How much longer it took than it may; negative if less. */
    long overshootNanos(Duration limit) {
        return nanos() - limit.toNanos();
    }
}
