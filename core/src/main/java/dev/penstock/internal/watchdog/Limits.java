package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeouts;
import dev.penstock.internal.time.Deadline;
import java.time.Duration;

/**
 * What the client holds a session to, in nanoseconds; {@link #NEVER} where there is no limit. Of locks the client sees
 * nothing.
 *
 * @param statement inside reads and writes of one exchange
 * @param idleInTransaction without a byte either way while a transaction is open
 * @param transaction from the first write of the exchange that opened it
 * @param idleSession without a byte either way outside a transaction
 */
public record Limits(long statement, long idleInTransaction, long transaction, long idleSession) {
    /** Decades: as good as for ever, and ticker times can be added to it. */
    public static final long NEVER = Long.MAX_VALUE / 8;

    /** No limit at all. */
    public static final Limits NONE = new Limits(NEVER, NEVER, NEVER, NEVER);

    /** Of what the pool's borrowers do not ask for: to set limits, and to set them back. */
    public static final Limits OF_A_ROUND_TRIP = new Limits(Deadline.nanos(Duration.ofSeconds(5)), NEVER, NEVER, NEVER);

    /** What of these the client can see. */
    public static Limits of(SessionTimeouts timeouts) {
        return new Limits(
                nanos(timeouts, SessionLimit.STATEMENT),
                nanos(timeouts, SessionLimit.IDLE_IN_TRANSACTION),
                nanos(timeouts, SessionLimit.TRANSACTION),
                nanos(timeouts, SessionLimit.IDLE_SESSION));
    }

    private static long nanos(SessionTimeouts timeouts, SessionLimit limit) {
        Duration value = timeouts.get(limit);
        return value == null || value.isZero() ? NEVER : Deadline.nanos(value);
    }

    /** The same for a transaction that must not take longer than that, in nanoseconds. */
    public Limits withTransactionWithin(long most) {
        return most >= transaction ? this : new Limits(statement, idleInTransaction, most, idleSession);
    }

    /** Whether there is none. */
    public boolean isNone() {
        return equals(NONE);
    }

    long shortest() {
        return Math.min(Math.min(statement, idleInTransaction), Math.min(transaction, idleSession));
    }
}
