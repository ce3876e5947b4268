package dev.penstock.tools.outage;

/**
 * One borrow, its query and the return. Times are {@link System#nanoTime()} of the cell's JVM.
 *
 * @param caller number of the borrowing thread
 * @param endedAt when the query was answered, or when the pool or the query failed
 * @param inPoolNanos the longer of the two calls into the pool: to borrow and to return
 */
record Call(int caller, Outcome outcome, long endedAt, long inPoolNanos) {}
