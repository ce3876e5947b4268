package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;
import dev.penstock.internal.socket.SocketPicture;
import org.jspecify.annotations.Nullable;

/**
 * Which limits run in a session at one moment, and how long they have run. Pure. The rule: the client counts no more
 * than the server would, so that whatever the server's own setting allows is allowed.
 *
 * @param seen on its socket
 * @param beginsTransactions whether a statement outside a transaction begins one
 * @param statements how many are under way at once: each has its own limit on the server, which tells nothing of their
 *     ends until it has done all
 * @param now ticker time
 */
record Clocks(SocketPicture seen, boolean beginsTransactions, long statements, long now) {
    static final long STANDS = -1;

    /** After so many nanoseconds without a byte the answer is taken for complete. */
    private static final long A_WHILE = 1_000_000_000;

    /**
     * Whether the client does nothing but wait for the server: for a byte of an answer, or for room to send. Or for
     * notifications: that is found out by its stack before anything is done, because the end of an answer can only be
     * guessed.
     */
    boolean waits() {
        return seen.insideWrite() || seen.insideRead();
    }

    /** Whether nothing is under way; between the bytes of a COPY it looks the same. */
    private boolean isIdle() {
        return !seen.insideWrite() && !seen.insideRead() && !seen.answerDue();
    }

    /** How long that limit has run, in nanoseconds; {@link #STANDS} if it does not. */
    long elapsed(SessionLimit limit) {
        return switch (limit) {
            // not from its begin: a client that reads slowly, or pauses in a COPY, does not wait
            case STATEMENT -> waits() ? seen.waitedUntil(now) : STANDS;
            // of a single statement outside a transaction it is not known how many transactions there are in it
            case TRANSACTION ->
                seen.inTransaction() || (waits() && beginsTransactions) ? since(seen.outsideTransactionAt()) : STANDS;
            case IDLE_IN_TRANSACTION -> isIdle() && seen.inTransaction() ? since(seen.lastUsed()) : STANDS;
            case IDLE_SESSION -> isIdle() && !seen.inTransaction() ? since(seen.lastUsed()) : STANDS;
            case LOCK -> STANDS;
        };
    }

    private long since(long start) {
        return Math.max(0, now - start);
    }

    /** The limit that is exceeded the most; null if none is. */
    @Nullable Overrun worst(Limits limits) {
        Overrun worst = null;
        for (SessionLimit limit : SessionLimit.values()) {
            Overrun one = overrun(limit, limits);
            if (one != null && (worst == null || one.by() > worst.by())) {
                worst = one;
            }
        }
        return worst;
    }

    /** That limit if it is exceeded, else null. */
    @Nullable Overrun overrun(SessionLimit limit, Limits limits) {
        long allowed = allowed(limits, limit);
        long took = elapsed(limit);
        return took > allowed ? new Overrun(limit, value(limits, limit), allowed, took, waits()) : null;
    }

    /**
     * The least time until one of them can be exceeded, in nanoseconds. Less than zero if one is, or will be as soon as
     * it runs again: by so much.
     */
    long untilExceeded(Limits limits) {
        long least = Limits.NEVER;
        for (SessionLimit limit : SessionLimit.values()) {
            least = Math.min(least, allowed(limits, limit) - onceItRuns(limit));
        }
        return least;
    }

    /** How long it will have run if it begins to run this moment: it need not begin with nothing. */
    private long onceItRuns(SessionLimit limit) {
        long elapsed = elapsed(limit);
        if (elapsed != STANDS) {
            return elapsed;
        }
        return switch (limit) {
            // between two reads of one answer
            case STATEMENT -> readsOn() ? seen.waited() : 0;
            // that it has begun a transaction is known only once it is over
            case TRANSACTION -> waits() || seen.answerDue() || readsOn() ? since(seen.outsideTransactionAt()) : 0;
            case IDLE_IN_TRANSACTION, IDLE_SESSION, LOCK -> 0;
        };
    }

    /** Whether more of an answer may come, of which some has just come. */
    private boolean readsOn() {
        return !seen.answered() && now - seen.lastUsed() < A_WHILE;
    }

    private long allowed(Limits limits, SessionLimit limit) {
        long value = value(limits, limit);
        return limit == SessionLimit.STATEMENT && value < Limits.NEVER / statements ? value * statements : value;
    }

    static long value(Limits limits, SessionLimit limit) {
        return switch (limit) {
            case STATEMENT -> limits.statement();
            case IDLE_IN_TRANSACTION -> limits.idleInTransaction();
            case TRANSACTION -> limits.transaction();
            case IDLE_SESSION -> limits.idleSession();
            case LOCK -> Limits.NEVER;
        };
    }
}
