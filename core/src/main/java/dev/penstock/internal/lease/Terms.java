package dev.penstock.internal.lease;

import dev.penstock.BorrowTerms;
import dev.penstock.SessionTimeouts;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.watchdog.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower is held to.
 *
 * @param limitNanos quiet for so long it is suspect
 * @param expected whether the borrower has said so itself
 * @param limits what its session is held to; null: the usual
 * @param wanted limits that it has asked for itself; none if it has not
 */
public record Terms(
        long limitNanos, boolean expected, @Nullable Limits limits, SessionTimeouts wanted) {
    /** Decades: as good as for ever, and ticker times can be added to it. */
    static final long LONGEST = Long.MAX_VALUE / 8;

    /** No limit is longer than that. */
    public Terms {
        limitNanos = Math.min(limitNanos, LONGEST);
    }

    /** The pool's usual ones. */
    static Terms suspectAfter(Duration limit) {
        return new Terms(Deadline.nanos(limit), false, null, SessionTimeouts.none());
    }

    /** Of a borrower that has announced how long it will take. */
    static Terms expecting(Duration hold) {
        return new Terms(Deadline.nanos(hold), true, null, SessionTimeouts.none());
    }

    /** Nobody is ever suspect. */
    static Terms withoutDetection() {
        return new Terms(LONGEST, false, null, SessionTimeouts.none());
    }

    /** These for a borrower who asks for something else; {@code usualLimits} are the pool's. */
    Terms on(BorrowTerms asked, SessionTimeouts usualLimits) {
        SessionTimeouts others = asked.timeouts();
        Limits limits = others.isEmpty() ? null : Limits.of(others.over(usualLimits));
        Duration hold = asked.expectedHold();
        return hold == null || limitNanos >= LONGEST
                ? new Terms(limitNanos, expected, limits, others)
                : new Terms(Deadline.nanos(hold), true, limits, others);
    }
}
