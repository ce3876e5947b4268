package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.internal.session.CancelOutcome;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.socket.SocketPicture;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One session that is held to limits. Looked at by the sweeper's thread alone; cancel requests are sent by others.
 *
 * <p>Whatever is done is done to one exchange: the session is held, so that no other begins, then looked at once more.
 */
final class Watch {
    /** Nanoseconds until the next look at what changes at this moment. */
    private static final long SOON = 20_000_000;

    /** Until the next look at one that waits for notifications: nobody says when it begins a statement instead. */
    private static final long LATER = 200_000_000;

    /** Nothing passes for so long only once the answer is complete, and not between two reads of one. */
    private static final long BETWEEN_READS = 50_000_000;

    private static final int TRIES = 100;

    private final Session session;
    private final Watchdog watchdog;

    private @Nullable Escalation escalation;

    /** The transaction that has taken too long; null if none has. */
    private @Nullable Overdue overdue;

    /** It may consist of statements that are over before anybody can cancel them: its time counts, not theirs. */
    private static final class Overdue {
        /** Ticker time at which it began. */
        final long transaction;

        final long abortAt;
        boolean cancelled;

        Overdue(long transaction, long abortAt) {
            this.transaction = transaction;
            this.abortAt = abortAt;
        }
    }

    /** How many statements there are in exchange {@link #countedIn}; asked only once one would be too long. */
    private long counted;

    private long countedIn = -1;

    /** Who had it at the latest look, and the ticker time at which that was first seen. */
    private long occupiedBy;

    private long occupiedAt;

    Watch(Session session, Watchdog watchdog) {
        this.session = session;
        this.watchdog = watchdog;
    }

    Session session() {
        return session;
    }

    /** Looks at it, and does what is due. Ticker time of the next look; null if there is none. */
    @Nullable Long look(long now) {
        Escalation begun = escalation;
        if (session.isOver()) {
            return begun == null || isSettled(begun) ? null : (Long) (now + SOON);
        }
        long occupancy = occupancy(); // before: what is seen is of this lease, or of the one before it
        if (occupancy != occupiedBy) {
            occupiedBy = occupancy;
            occupiedAt = now;
        }
        SocketPicture seen = session.picture();
        if (seen == null) {
            return now + SOON;
        }
        if (begun != null && (isMeant(begun, seen, now) || begun.isBeingSent())) {
            return followUp(begun, now);
        }
        if (begun != null) {
            settle(begun);
        }
        return judge(seen, occupancy, now);
    }

    private long judge(SocketPicture seen, long occupancy, long now) {
        Limits limits = limits();
        Clocks clocks = clocks(seen, now);
        Overrun overrun = clocks.worst(limits);
        if (overrun != null && overrun.limit() == SessionLimit.STATEMENT && countedIn != seen.exchange()) {
            counted = statementsIn(seen);
            countedIn = seen.exchange();
            clocks = clocks(seen, now);
            overrun = clocks.worst(limits);
        }
        if (overrun == null) {
            // whoever has it next may be held to the usual ones again
            long next = Math.min(clocks.untilExceeded(limits), watchdog.usual.shortest());
            return now + next + watchdog.grace.untilCancel();
        }
        long wait = (overrun.waits() ? watchdog.grace.untilCancel() : watchdog.grace.whole()) - overrun.by();
        long dueAt = Watchdog.latest(now + wait, graceUntil(overrun));
        if (now - dueAt < 0) {
            return dueAt;
        }
        if (!overrun.waits()) {
            return endIdle(seen.exchange(), occupancy, limits, now);
        }
        if (Session.waitsForNotifications(seen.reader())) {
            return now + LATER;
        }
        return escalate(seen, occupancy, overrun, now);
    }

    /** Whoever has just borrowed a session that nobody has used for long is about to use it. */
    private long graceUntil(Overrun overrun) {
        long fresh = watchdog.freshGraceUntil();
        return overrun.limit() == SessionLimit.IDLE_SESSION && occupiedBy != 0
                ? Watchdog.latest(fresh, occupiedAt + watchdog.grace.fromCancelToAbort())
                : fresh;
    }

    private long statementsIn(SocketPicture seen) {
        boolean begin = session.beginsTransactions() && !seen.inTransaction(); // the driver's own
        int known = session.statementsUnderWay() - (begin ? 1 : 0);
        // some of several may be over
        return known <= 1 ? 1 : seen.answerDue() ? known : known + 1L;
    }

    // ---- a statement that runs ------------------------------------------------------------------

    private long escalate(SocketPicture seen, long occupancy, Overrun overrun, long now) {
        Overdue late = overrun.limit() == SessionLimit.TRANSACTION ? overdue(seen, now) : null;
        if (late != null && now - late.abortAt >= 0) {
            return endTransaction(late, now);
        }
        if (late != null && late.cancelled) {
            return late.abortAt; // it goes on after its cancel, or was hit between two statements
        }
        long abortAt = late == null ? now + watchdog.grace.fromCancelToAbort() : late.abortAt;
        Escalation begun = new Escalation(seen.exchange(), occupancy, overrun, lease(now), now, abortAt);
        escalation = begun;
        watchdog.cancels.send(server(), () -> cancel(begun));
        return now + SOON;
    }

    private Overdue overdue(SocketPicture seen, long now) {
        Overdue known = overdue;
        if (known == null || known.transaction != seen.outsideTransactionAt()) {
            known = new Overdue(seen.outsideTransactionAt(), now + watchdog.grace.fromCancelToAbort());
            overdue = known;
        }
        return known;
    }

    /** Whichever exchange it is in: the next may begin at any moment, so the hand is laid on before anything else. */
    private long endTransaction(Overdue late, long now) {
        OpenLease lease = lease(now);
        for (int i = 0; i < TRIES; i++) {
            SocketPicture seen = session.picture();
            if (seen == null || session.hold(seen.exchange())) {
                if (seen != null && !endHeld(late, seen.exchange(), lease, now)) {
                    session.release(seen.exchange());
                }
                break;
            }
        }
        return now + SOON;
    }

    private boolean endHeld(Overdue late, long exchange, @Nullable OpenLease lease, long now) {
        SocketPicture held = session.picture();
        if (held == null || held.outsideTransactionAt() != late.transaction) {
            return false;
        }
        long value = limits().transaction();
        long took = clocks(held, now).elapsed(SessionLimit.TRANSACTION);
        return took > value
                && watchdog.end(
                        session, exchange, new Overrun(SessionLimit.TRANSACTION, value, value, took, true), lease);
    }

    private void cancelled(Escalation begun) {
        if (overdue != null && begun.overrun.limit() == SessionLimit.TRANSACTION) {
            overdue.cancelled = true;
        }
    }

    /** Whether what is seen is the statement that is to be ended, and it still runs. */
    private boolean isMeant(Escalation begun, SocketPicture seen, long now) {
        return seen.exchange() == begun.exchange && begun.occupancy == occupancy() && isUnderWay(seen, now);
    }

    private boolean isUnderWay(SocketPicture seen, long now) {
        return seen.answerDue()
                || (clocks(seen, now).waits() && !Session.waitsForNotifications(seen.reader()))
                || (!seen.answered() && !seen.insideRead() && now - seen.lastUsed() < BETWEEN_READS);
    }

    /** The same, of one that is held, so that the answer stays true but for the statement's own end. */
    private boolean isStillMeant(Escalation begun, long now) {
        SocketPicture seen = session.picture();
        return seen != null && isMeant(begun, seen, now);
    }

    private long followUp(Escalation begun, long now) {
        long abortAt = Watchdog.latest(begun.abortAt, watchdog.freshGraceUntil());
        if (now - abortAt < 0) {
            return Watchdog.soonest(abortAt, now + SOON);
        }
        // if not, then whoever sends the cancel request holds it: that must not be waited for
        boolean held = session.hold(begun.exchange);
        boolean ended = isStillMeant(begun, now) && end(begun, now);
        if (held && !ended) {
            session.release(begun.exchange);
        }
        return now + SOON;
    }

    private boolean end(Escalation begun, long now) {
        return watchdog.end(session, begun.exchange, laterBy(begun, now), begun.lease);
    }

    /** How long it has taken by now. */
    private Overrun laterBy(Escalation begun, long now) {
        Overrun then = begun.overrun;
        long took = then.took() + Math.max(0, now - begun.begunAt);
        return new Overrun(then.limit(), then.value(), then.allowed(), took, then.waits());
    }

    /** The statement is over, whether because of us or by itself. */
    private void settle(Escalation begun) {
        escalation = null;
        if (begun.outcome == CancelOutcome.DELIVERED && !session.wasEnded()) {
            watchdog.enforced(session, begun.overrun, Enforcement.CANCELLED, begun.lease);
            cancelled(begun);
        }
    }

    /** The session is over; false while it is not known yet whether a cancel request was the reason. */
    private boolean isSettled(Escalation begun) {
        if (begun.isBeingSent() && !session.wasEnded()) {
            return false;
        }
        settle(begun);
        return true;
    }

    /** On a worker. While it is under way no other exchange begins, so it hits this one or none. */
    private void cancel(Escalation begun) {
        if (!session.hold(begun.exchange)) {
            begun.outcome = CancelOutcome.NOT_SENT;
            return;
        }
        CancelOutcome outcome = CancelOutcome.NOT_SENT;
        try {
            if (isStillMeant(begun, watchdog.now())) {
                begun.begun = true;
                outcome = CancelOutcome.LOST; // whatever is thrown
                outcome = watchdog.cancel(session);
                watchdog.sent(outcome);
            }
        } catch (SQLException e) {
            outcome = CancelOutcome.NOT_SENT; // the driver says that it is closed
            watchdog.sent(outcome);
        } finally {
            begun.outcome = outcome;
            if (outcome == CancelOutcome.LOST) {
                end(begun, watchdog.now()); // it may still arrive, and hit what comes next
            } else {
                session.release(begun.exchange);
            }
        }
    }

    // ---- a session that is idle -----------------------------------------------------------------

    private long endIdle(long exchange, long occupancy, Limits limits, long now) {
        if (session.isInCopy() || !session.hold(exchange)) {
            return now + SOON;
        }
        boolean ended = false;
        try {
            SocketPicture seen = session.picture();
            Overrun overrun = seen == null ? null : clocks(seen, now).worst(limits);
            ended = overrun != null
                    && !overrun.waits()
                    && overrun.by() >= watchdog.grace.whole()
                    && occupancy == occupancy()
                    && watchdog.end(session, exchange, overrun, lease(now));
        } finally {
            if (!ended) {
                session.release(exchange);
            }
        }
        return now + SOON;
    }

    // ---- who has it -----------------------------------------------------------------------------

    private Clocks clocks(SocketPicture seen, long now) {
        long statements = countedIn == seen.exchange() ? counted : 1;
        return new Clocks(seen, session.beginsTransactions(), statements, now);
    }

    private @Nullable Occupant occupant() {
        return session.companion() instanceof Occupant occupant ? occupant : null;
    }

    private Limits limits() {
        Occupant occupant = occupant();
        Limits own = occupant == null ? null : occupant.limits();
        return own == null ? watchdog.usual : own;
    }

    private long occupancy() {
        Occupant occupant = occupant();
        return occupant == null ? 0 : occupant.occupancy();
    }

    private @Nullable OpenLease lease(long now) {
        Occupant occupant = occupant();
        return occupant == null ? null : occupant.lease(now);
    }

    private String server() {
        String address = session.address();
        return address == null ? "" : address;
    }
}
