package dev.penstock.replay.pools;

import java.time.Duration;

/**
 * One attempt of a borrower, over when a query was answered or something failed.
 *
 * @param endNanos when it was over, as {@link System#nanoTime} gives it
 * @param waited in {@code getConnection()}
 * @param served whether a query was answered
 */
public record Borrow(long endNanos, Duration waited, boolean served) {}
