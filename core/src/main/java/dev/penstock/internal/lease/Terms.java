package dev.penstock.internal.lease;

import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.watchdog.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower is held to.
 *
 * @param limitNanos quiet for so long it is suspect; {@link Limits#NEVER} at most
 * @param expected whether the borrower has said so itself
 * @param own limits that it has asked for itself; null: the usual
 */
record Terms(long limitNanos, boolean expected, @Nullable OwnLimits own) {
    /** No limit is longer than that. */
    Terms {
        limitNanos = Math.min(limitNanos, Limits.NEVER);
    }

    /** The pool's usual ones. */
    static Terms suspectAfter(Duration limit) {
        return new Terms(Deadline.nanos(limit), false, null);
    }

    /** Of a borrower that has announced how long it will take. */
    static Terms expecting(Duration hold) {
        return new Terms(Deadline.nanos(hold), true, null);
    }

    /** Nobody is ever suspect. */
    static Terms withoutDetection() {
        return new Terms(Limits.NEVER, false, null);
    }

    /** These for a borrower who asks for something else; the hold does not count where nobody is suspect. */
    Terms with(@Nullable Duration hold, @Nullable OwnLimits limits) {
        return hold == null || limitNanos >= Limits.NEVER
                ? new Terms(limitNanos, expected, limits)
                : new Terms(Deadline.nanos(hold), true, limits);
    }
}
