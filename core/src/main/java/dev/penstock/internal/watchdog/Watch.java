package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.socket.SocketPicture;
import org.jspecify.annotations.Nullable;

/**
 * One session that is held to limits, and what is being done about it. For the sweeper's thread alone.
 *
 * <p>Whatever is done is done to one exchange: the session is held, so that no other begins, then looked at once more.
 */
final class Watch {
    /** Nanoseconds until the next look at what changes at this moment. */
    private static final long SOON = 20_000_000;

    /** Until the next look at one that waits for notifications: nobody says when it begins a statement instead. */
    private static final long LATER = 200_000_000;

    /** Statements that are over at once leave no time to lay a hand on one. */
    private static final int TRIES = 100;

    private final Subject subject;
    private final Session session;
    private final Watchdog watchdog;

    private @Nullable Escalation escalation;

    /** Begin of the transaction in which a statement was cancelled, and whether one was: once is enough. */
    private long cancelledIn;

    private boolean hasCancelled;

    Watch(Subject subject, Watchdog watchdog) {
        this.subject = subject;
        this.session = subject.session();
        this.watchdog = watchdog;
    }

    Session session() {
        return session;
    }

    /** Looks at it, and does what is due. Ticker time of the next look; null if there is none. */
    @Nullable Long look(long now) {
        if (session.isOver()) {
            settle();
            return null;
        }
        SocketPicture seen = session.picture();
        if (seen == null) {
            return now + SOON;
        }
        Escalation begun = escalation;
        if (begun != null && begun.isUnderWay(seen, now)) {
            return followUp(begun, now);
        }
        settle();
        return judge(seen, now);
    }

    private void settle() {
        if (escalation != null) {
            escalation.tell();
            escalation = null;
        }
    }

    private long followUp(Escalation begun, long now) {
        if (now - begun.abortAt() >= 0) {
            begun.abort(now);
            return now + SOON;
        }
        return Watchdog.soonest(begun.abortAt(), now + SOON);
    }

    private long judge(SocketPicture seen, long now) {
        Limits limits = subject.limits();
        long occupancy = subject.occupancy();
        Clocks clocks = subject.clocks(seen, now);
        Overrun overrun = clocks.worst(limits);
        if (overrun == null) {
            return now + clocks.untilExceeded(limits) + watchdog.grace.untilCancel();
        }
        boolean cancels = overrun.waits() && !isCancelledBefore(overrun, seen);
        long after = cancels ? watchdog.grace.untilCancel() : watchdog.grace.whole();
        long dueAt = watchdog.latest(now + after - overrun.by());
        if (now - dueAt < 0) {
            return dueAt;
        }
        if (overrun.waits() && Session.waitsForNotifications(seen.reader())) {
            return now + LATER;
        }
        if (overrun.limit() != SessionLimit.STATEMENT && overrun.by() >= watchdog.grace.whole()) {
            end(overrun.limit(), occupancy, now);
        } else if (cancels) {
            escalate(overrun, seen, now);
        }
        return now + SOON;
    }

    // ---- a statement that runs ------------------------------------------------------------------

    /** A transaction of many statements is cancelled in one of them only. */
    private boolean isCancelledBefore(Overrun overrun, SocketPicture seen) {
        return overrun.limit() == SessionLimit.TRANSACTION
                && hasCancelled
                && cancelledIn == seen.outsideTransactionAt();
    }

    private void escalate(Overrun overrun, SocketPicture seen, long now) {
        hasCancelled = true;
        cancelledIn = seen.outsideTransactionAt();
        escalation = new Escalation(subject, watchdog, seen.exchange(), overrun, now);
    }

    // ---- a session that is idle, or a transaction -----------------------------------------------

    /** Closes the socket, whichever exchange it is in: the hand is laid on it before anything else. */
    private void end(SessionLimit limit, long occupancy, long now) {
        for (int i = 0; i < TRIES; i++) {
            SocketPicture seen = session.picture();
            if (seen != null && session.hold(seen.exchange())) {
                if (!endHeld(limit, seen.exchange(), occupancy, now)) {
                    session.release(seen.exchange());
                }
                return;
            }
        }
    }

    /** Only if all is as it was judged: nobody else has the session, the limit is exceeded still. */
    private boolean endHeld(SessionLimit limit, long exchange, long occupancy, long now) {
        SocketPicture held = session.picture();
        Limits limits = subject.limits();
        Overrun overrun = held == null ? null : subject.clocks(held, now).overrun(limit, limits);
        return overrun != null
                && overrun.by() >= watchdog.grace.whole()
                && occupancy == subject.occupancy()
                && (limit == SessionLimit.TRANSACTION || !session.isInCopy())
                && watchdog.end(session, exchange, overrun, subject.lease(now));
    }
}
