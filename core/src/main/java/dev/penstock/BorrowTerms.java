package dev.penstock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of borrower asks for that the others do not: to hold connections for longer than usual, other limits.
 * Immutable.
 */
public final class BorrowTerms {
    private static final BorrowTerms USUAL = new BorrowTerms(null, SessionTimeouts.none());

    private final @Nullable Duration expectedHold;
    private final SessionTimeouts timeouts;

    private BorrowTerms(@Nullable Duration expectedHold, SessionTimeouts timeouts) {
        this.expectedHold = expectedHold;
        this.timeouts = timeouts;
    }

    /** As everybody. */
    public static BorrowTerms usual() {
        return USUAL;
    }

    /**
     * Holds a connection for so long: suspect after that instead of {@code leases.suspectAfter}, and not taken back by
     * {@code leases.reclaim=after(…)} before.
     *
     * @param hold more than zero
     * @throws IllegalArgumentException if it is not
     */
    public BorrowTerms expectingHold(Duration hold) {
        if (hold.isZero() || hold.isNegative()) {
            throw new IllegalArgumentException("an expected hold must be greater than zero, but was " + hold);
        }
        return new BorrowTerms(hold, timeouts);
    }

    /** Is held to these limits, and in what they do not set to those that it was held to before. */
    public BorrowTerms withTimeouts(SessionTimeouts limits) {
        return new BorrowTerms(expectedHold, limits.over(timeouts));
    }

    /** Null: as usual. */
    public @Nullable Duration expectedHold() {
        return expectedHold;
    }

    /** What differs from the pool's limits. */
    public SessionTimeouts timeouts() {
        return timeouts;
    }

    @Override
    public String toString() {
        return (expectedHold == null ? "" : "held for up to " + expectedHold.toSeconds() + " s")
                + (expectedHold == null || timeouts.isEmpty() ? "" : ", ")
                + (timeouts.isEmpty() ? "" : timeouts.toString());
    }
}
