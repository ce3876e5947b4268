package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.Enforcement;
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

    private final Session session;
    private final Watchdog watchdog;

    private @Nullable Escalation escalation;

    Watch(Session session, Watchdog watchdog) {
        this.session = session;
        this.watchdog = watchdog;
    }

    Session session() {
        return session;
    }

    /** Looks at it, and does what is due. Ticker time of the next look; null if there is none. */
    @Nullable Long look(long now) {
        if (session.isOver()) {
            tellIfCancelled();
            return null;
        }
        SocketPicture seen = session.picture();
        if (seen == null) {
            return now + SOON;
        }
        Escalation begun = escalation;
        if (begun != null && isUnderWay(begun, seen, now)) {
            return followUp(begun, now);
        }
        tellIfCancelled();
        return judge(seen, now);
    }

    /** The exchange is over, and it was not the socket that ended it. */
    private void tellIfCancelled() {
        Escalation begun = escalation;
        escalation = null;
        if (begun != null && begun.outcome == CancelOutcome.DELIVERED && !begun.aborted) {
            watchdog.enforced(session, begun.overrun, Enforcement.CANCELLED, begun.lease);
        }
    }

    private long judge(SocketPicture seen, long now) {
        Limits limits = limits();
        long occupancy = occupancy();
        Clocks clocks = clocks(seen, now);
        Overrun overrun = clocks.worst(limits);
        if (overrun == null) {
            return now + clocks.untilExceeded(limits) + watchdog.grace.untilCancel();
        }
        long wait = (overrun.waits() ? watchdog.grace.untilCancel() : watchdog.grace.whole()) - overrun.by();
        long dueAt = now + wait;
        if (watchdog.freshGraceUntil() - dueAt > 0) {
            dueAt = watchdog.freshGraceUntil();
        }
        if (now - dueAt < 0) {
            return dueAt;
        }
        if (!overrun.waits()) {
            return endIdle(seen.exchange(), occupancy, limits, now);
        }
        if (Session.waitsForNotifications(seen.reader())) {
            return now + LATER;
        }
        return escalate(seen.exchange(), overrun, now);
    }

    // ---- a statement that runs ------------------------------------------------------------------

    private long escalate(long exchange, Overrun overrun, long now) {
        Escalation begun = new Escalation(exchange, overrun, lease(now), now + watchdog.grace.fromCancelToAbort());
        escalation = begun;
        watchdog.cancels.send(server(), () -> cancel(begun));
        return now + SOON;
    }

    private boolean isUnderWay(Escalation begun, SocketPicture seen, long now) {
        return seen.exchange() == begun.exchange
                && (seen.insideRead()
                        || seen.insideWrite()
                        || seen.answerDue()
                        || now - seen.lastUsed() < BETWEEN_READS);
    }

    private long followUp(Escalation begun, long now) {
        if (now - begun.abortAt < 0) {
            return Watchdog.soonest(begun.abortAt, now + SOON);
        }
        // from whoever sends the cancel request: it must not be waited for
        if (end(begun, now) || !session.hold(begun.exchange)) {
            return now + SOON;
        }
        if (!end(begun, now)) {
            session.release(begun.exchange);
        }
        return now + SOON;
    }

    private boolean end(Escalation begun, long now) {
        boolean ended = watchdog.end(session, begun.exchange, laterBy(begun, now), begun.lease);
        if (ended) {
            begun.aborted = true;
        }
        return ended;
    }

    /** How long it has taken by now. */
    private Overrun laterBy(Escalation begun, long now) {
        Overrun then = begun.overrun;
        long since = now - (begun.abortAt - watchdog.grace.fromCancelToAbort());
        return new Overrun(then.limit(), then.value(), then.took() + Math.max(0, since), then.waits());
    }

    /** On a worker. While it is under way no other exchange begins, so it hits this one or none. */
    private void cancel(Escalation begun) {
        if (!session.hold(begun.exchange)) {
            begun.outcome = CancelOutcome.NOT_SENT;
            return;
        }
        CancelOutcome outcome = CancelOutcome.LOST;
        try {
            outcome = session.cancelAndWatch();
        } catch (SQLException e) {
            outcome = CancelOutcome.NOT_SENT; // the driver says that it is closed
        } finally {
            begun.outcome = outcome;
            watchdog.sent(outcome);
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
        return new Clocks(seen, session.beginsTransactions(), now);
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
