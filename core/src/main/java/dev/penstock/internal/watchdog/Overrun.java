package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;

/**
 * A limit that is exceeded.
 *
 * @param limit which one
 * @param value in nanoseconds
 * @param allowed the same, of all statements that are under way at once, if there are several
 * @param took in nanoseconds, more than what is allowed
 * @param waits whether the client waits for the server meanwhile, so that there is something to cancel
 */
record Overrun(SessionLimit limit, long value, long allowed, long took, boolean waits) {
    /** By how much, in nanoseconds. */
    long by() {
        return took - allowed;
    }

    /** The same after some nanoseconds more. */
    Overrun later(long nanos) {
        return new Overrun(limit, value, allowed, took + Math.max(0, nanos), waits);
    }
}
