package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;

/**
 * A limit that is exceeded.
 *
 * @param limit which one
 * @param value in nanoseconds
 * @param took in nanoseconds, more than the value
 * @param waits whether the client waits for the server meanwhile, so that there is something to cancel
 */
record Overrun(SessionLimit limit, long value, long took, boolean waits) {
    /** By how much, in nanoseconds. */
    long by() {
        return took - value;
    }

    /** The same after some nanoseconds more. */
    Overrun later(long nanos) {
        return new Overrun(limit, value, took + Math.max(0, nanos), waits);
    }
}
