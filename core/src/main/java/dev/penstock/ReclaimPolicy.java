package dev.penstock;

import dev.penstock.internal.settings.Reclaims;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are taken back from their borrowers: {@code leases.reclaim}. One that is taken back is fenced, its
 * statement cancelled, its socket closed, and the pool makes a new one in its place.
 *
 * @param kind which
 * @param after with {@link Kind#AFTER}: how long a connection may be held; null otherwise
 */
public record ReclaimPolicy(Kind kind, @Nullable Duration after) {
    /** None; leaks are reported. */
    public static final ReclaimPolicy NEVER = new ReclaimPolicy(Kind.NEVER, null);

    /** Those that nobody is left to give back: verdicts {@code LEAKED_*}. */
    public static final ReclaimPolicy DEAD_OWNER = new ReclaimPolicy(Kind.DEAD_OWNER, null);

    /** Which connections are taken back. */
    public enum Kind {
        /** None. */
        NEVER,
        /** Those that nobody is left to give back. */
        DEAD_OWNER,
        /** Those, and every one that has been held for longer than a limit. */
        AFTER
    }

    /** Refuses a limit where there is none, and none where there must be one. */
    public ReclaimPolicy {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.AFTER) != (after != null)) {
            throw new IllegalArgumentException("a limit belongs to AFTER, and only to that, but was " + after);
        }
    }

    /**
     * Besides {@link #DEAD_OWNER}, every connection that has been held for longer than that, whatever it does; of a
     * borrower that has announced an expected hold, not before that is over.
     */
    public static ReclaimPolicy after(Duration limit) {
        return new ReclaimPolicy(Kind.AFTER, limit);
    }

    /** As settings have it: {@code never}, {@code dead-owner}, {@code after(10m)}. */
    @Override
    public String toString() {
        return Reclaims.format(this);
    }
}
