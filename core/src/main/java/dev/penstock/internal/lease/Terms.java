package dev.penstock.internal.lease;

import dev.penstock.internal.time.Deadline;
import java.time.Duration;

/**
 * What a borrower is held to.
 *
 * @param limitNanos quiet for so long it is suspect
 * @param expected whether the borrower has said so itself
 */
public record Terms(long limitNanos, boolean expected) {
    /** Decades: as good as for ever, and ticker times can be added to it. */
    static final long LONGEST = Long.MAX_VALUE / 8;

    /** No limit is longer than that. */
    public Terms {
        limitNanos = Math.min(limitNanos, LONGEST);
    }

    /** The pool's usual ones. */
    public static Terms suspectAfter(Duration limit) {
        return new Terms(Deadline.nanos(limit), false);
    }

    /** Of a borrower that has announced how long it will take. */
    public static Terms expecting(Duration hold) {
        return new Terms(Deadline.nanos(hold), true);
    }
}
