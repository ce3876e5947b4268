package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.internal.session.CancelOutcome;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Wait;
import dev.penstock.internal.socket.SocketPicture;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is done about one statement that takes too long: it is cancelled first, and if it runs on its socket is closed.
 * The cancel request is sent by a worker; all else is the sweeper's.
 */
final class Escalation {
    /** Nothing passes for so long only once the answer is complete, and not between two reads of one. */
    private static final long BETWEEN_READS = 50_000_000;

    private final Subject subject;
    private final Session session;
    private final Watchdog watchdog;
    /** That one is meant, and no other. */
    private final long exchange;

    /** When the read had begun in which it waited then. */
    private final long readBegunAt;

    /** And whose; see {@link Occupant#occupancy}. */
    private final long occupancy;

    private final Overrun overrun;
    /** Who had the session; null if nobody. */
    private final @Nullable OpenLease lease;

    private final long begunAt;
    private long abortAt; // by the watchdog's thread

    /** How far the cancel request is: it is taken up, or given up, and never both. */
    private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.DUE);

    /** What became of the cancel request; null until that is known. By the thread that sends it. */
    private volatile @Nullable CancelOutcome outcome;

    /** Whether its socket was closed. By whoever does so. */
    private volatile boolean aborted;

    private enum Progress {
        DUE,
        ON_ITS_WAY,
        OVER
    }

    /** Begins now, at this ticker time. */
    Escalation(Subject subject, Watchdog watchdog, SocketPicture judged, long occupancy, Overrun overrun, long now) {
        this.subject = subject;
        this.session = subject.session();
        this.watchdog = watchdog;
        this.exchange = judged.exchange();
        this.readBegunAt = judged.readBegunAt();
        this.occupancy = occupancy;
        this.overrun = overrun;
        this.lease = subject.lease(now);
        this.begunAt = now;
        this.abortAt = now + watchdog.grace.fromCancelToAbort(overrun);
        watchdog.cancels.send(subject.server(), this::cancel);
    }

    /** Ticker time. */
    long abortAt() {
        return abortAt;
    }

    /** The socket is not closed before that. */
    void postpone(long until) {
        abortAt = until;
    }

    /** Whether its cancel request is on its way, so that it may yet turn out to have been delivered. */
    boolean isBeingSent() {
        return progress.get() == Progress.ON_ITS_WAY;
    }

    /** Gives it up: no cancel request is sent any more. False if one is on its way. */
    boolean giveUp() {
        return progress.compareAndSet(Progress.DUE, Progress.OVER) || !isBeingSent();
    }

    /** Whether what is seen is the statement that is to be ended, and it still runs, as far as can be seen. */
    boolean isMeant(SocketPicture seen, long now) {
        return seen.exchange() == exchange && occupancy == subject.occupancy() && isUnderWay(seen, now);
    }

    private boolean isUnderWay(SocketPicture seen, long now) {
        boolean waits = subject.clocks(seen, 1, now).waits(); // or listens
        boolean readsOn = !seen.insideRead() && !seen.answered() && now - seen.lastUsed() < BETWEEN_READS;
        return waits || seen.answerDue() || readsOn;
    }

    /** Whether the statement is over and its thread waits for notifications by now; cheap while it is in the same read. */
    boolean listens(SocketPicture seen) {
        return seen.insideRead()
                && seen.readBegunAt() != readBegunAt
                && Session.waitOf(seen.reader()) == Wait.NOTIFICATIONS;
    }

    /** The same, of one that is held: whoever has it then has it still, and no other statement begins. */
    private boolean isStillMeant(long now) {
        SocketPicture seen = session.picture();
        return seen != null && isMeant(seen, now) && !listens(seen);
    }

    /** Of a transaction that goes on after its statement: that, while the cancel request is under way, says nothing. */
    private boolean isTransactionStillOpen(long now) {
        SocketPicture seen = session.picture();
        return overrun.limit() == SessionLimit.TRANSACTION
                && seen != null
                && seen.exchange() == exchange
                && occupancy == subject.occupancy()
                && subject.clocks(seen, 1, now).elapsed(SessionLimit.TRANSACTION) > overrun.value();
    }

    /** Closes the socket, unless the statement is over. */
    void abort(long now) {
        // if not, then whoever sends the cancel request holds it: that must not be waited for
        boolean held = session.hold(exchange);
        boolean ended = (isStillMeant(now) || isTransactionStillOpen(now)) && end(now);
        if (held && !ended) {
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
        if (progress.get() != Progress.DUE || !session.hold(exchange)) {
            return; // given up: whoever has the session now is not to wait
        }
        CancelOutcome became = CancelOutcome.NOT_SENT;
        try {
            if (isStillMeant(watchdog.now()) && progress.compareAndSet(Progress.DUE, Progress.ON_ITS_WAY)) {
                became = CancelOutcome.LOST; // whatever is thrown
                became = watchdog.cancel(session);
                watchdog.sent(became);
            }
        } catch (SQLException e) {
            became = CancelOutcome.NOT_SENT; // the driver says that it is closed
            watchdog.sent(became);
        } finally {
            outcome = became;
            progress.set(Progress.OVER);
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
