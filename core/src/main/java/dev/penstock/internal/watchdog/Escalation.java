package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.internal.session.CancelOutcome;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.socket.SocketPicture;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is done about one statement that takes too long: it is cancelled first, and if it runs on its socket is closed. The
 * cancel request is sent by a worker; all else is the sweeper's.
 */
final class Escalation {
    /** Nothing passes for so long only once the answer is complete, and not between two reads of one. */
    private static final long BETWEEN_READS = 50_000_000;

    private final Session session;
    private final Watchdog watchdog;
    /** That one is meant, and no other. */
    private final long exchange;

    private final Overrun overrun;
    /** Who had the session; null if nobody. */
    private final @Nullable OpenLease lease;

    private final long begunAt;
    private final long abortAt;

    /** What became of the cancel request; null until that is known. By the thread that sends it. */
    private volatile @Nullable CancelOutcome outcome;

    /** Whether its socket was closed. By whoever does so. */
    private volatile boolean aborted;

    /** Begins now, at this ticker time. */
    Escalation(Subject subject, Watchdog watchdog, long exchange, Overrun overrun, long now) {
        this.session = subject.session();
        this.watchdog = watchdog;
        this.exchange = exchange;
        this.overrun = overrun;
        this.lease = subject.lease(now);
        this.begunAt = now;
        this.abortAt = now + watchdog.grace.fromCancelToAbort();
        watchdog.cancels.send(subject.server(), this::cancel);
    }

    /** Ticker time. */
    long abortAt() {
        return abortAt;
    }

    /** Whether the statement still runs, as far as can be seen. */
    boolean isUnderWay(SocketPicture seen, long now) {
        return seen.exchange() == exchange
                && (seen.insideRead()
                        || seen.insideWrite()
                        || seen.answerDue()
                        || now - seen.lastUsed() < BETWEEN_READS);
    }

    /** Closes the socket, unless the statement is over. */
    void abort(long now) {
        // from whoever sends the cancel request: it must not be waited for
        if (!end(now) && session.hold(exchange) && !end(now)) {
            session.release(exchange);
        }
    }

    private boolean end(long now) {
        boolean ended = watchdog.end(session, exchange, overrun.later(now - begunAt), lease);
        if (ended) {
            aborted = true;
        }
        return ended;
    }

    /** While it is under way no other exchange begins, so it hits this one or none. */
    private void cancel() {
        if (!session.hold(exchange)) {
            outcome = CancelOutcome.NOT_SENT;
            return;
        }
        CancelOutcome became = CancelOutcome.LOST;
        try {
            became = session.cancelAndWatch();
        } catch (SQLException e) {
            became = CancelOutcome.NOT_SENT; // the driver says that it is closed
        } finally {
            outcome = became;
            watchdog.sent(became);
            if (became == CancelOutcome.LOST) {
                end(watchdog.now()); // it may still arrive, and hit what comes next
            } else {
                session.release(exchange);
            }
        }
    }

    /** The statement is over: it is told if that was the cancel request's doing. */
    void tell() {
        if (outcome == CancelOutcome.DELIVERED && !aborted) {
            watchdog.enforced(session, overrun, Enforcement.CANCELLED, lease);
        }
    }
}
