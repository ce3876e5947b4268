package dev.penstock.tools.outage;

/**
 * What happened when, by {@link System#nanoTime()} of the cell's JVM.
 *
 * @param faultAt the fault has set in
 * @param healedAt the database is well again
 * @param endedAt the watch is over
 */
record Timeline(long faultAt, long healedAt, long endedAt) {
    boolean inOutage(long instant) {
        return instant - faultAt >= 0 && instant - healedAt < 0;
    }

    boolean afterwards(long instant) {
        return instant - healedAt >= 0;
    }
}
