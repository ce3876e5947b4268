package dev.penstock.internal.lease;

import dev.penstock.SessionActivity;

/**
 * What is known of a lease at one moment; times in nanoseconds.
 *
 * @param age of the lease
 * @param activity what its session is doing; UNKNOWN where that cannot be seen
 * @param quiet since its last exchange with the server, or since the borrow, whichever is later; where it cannot be
 *     seen since the borrow
 * @param deadFor since the borrower was seen to have ended; negative if it has not
 * @param unreachableFor since the handle was seen to have been collected; negative if it has not
 * @param limit quiet for so long it is suspect
 */
record Evidence(long age, SessionActivity activity, long quiet, long deadFor, long unreachableFor, long limit) {
    static final long NOT = -1;

    boolean isVisible() {
        return activity.kind() != SessionActivity.Kind.UNKNOWN;
    }

    /** Whether somebody uses the session at this moment. */
    boolean isBusy() {
        return activity.isBusy();
    }

    /** Whether nobody may be left to give it back. */
    boolean isAbandoned() {
        return deadFor >= 0 || unreachableFor >= 0;
    }

    /** For how long it has been as it is. */
    long lasting() {
        return isBusy() ? activity.lasting().toNanos() : quiet;
    }

    /** How long nothing must happen until there can be a verdict. */
    long untilSuspect() {
        long counted = isAbandoned() && !isBusy() ? Math.min(quiet, Math.max(deadFor, unreachableFor)) : lasting();
        return limit - counted;
    }
}
