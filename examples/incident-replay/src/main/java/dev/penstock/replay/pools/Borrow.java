package dev.penstock.replay.pools;

import java.time.Duration;

/**
 * One attempt of a borrower, over when a query was answered or something failed.
 *
 * @param borrower whose it was, from 1 on
 * @param endNanos when it was over, as {@link System#nanoTime} gives it
 * @param waited in {@code getConnection()}
 */
public record Borrow(int borrower, long endNanos, Duration waited, Ending ending) {

    /** What came of it. */
    public enum Ending {
        /** A query was answered. */
        SERVED,
        /** The connection that was lent did not answer. */
        BROKEN,
        /** There was none to be had: {@code getConnection()} threw. */
        REFUSED
    }

    public boolean served() {
        return ending == Ending.SERVED;
    }

    public boolean refused() {
        return ending == Ending.REFUSED;
    }
}
