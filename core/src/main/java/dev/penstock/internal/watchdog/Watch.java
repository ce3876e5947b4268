package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Wait;
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

    /** How many statements there are in exchange {@link #countedIn}; asked only once one would be too long. */
    private long counted;

    private long countedIn = -1;

    /** In which exchange a reader that was late has had its grace. */
    private long graceGivenIn = -1;

    /** Who had it at the latest look, and the ticker time at which that was first seen. */
    private long occupiedBy;

    private long occupiedAt;

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
        Escalation begun = escalation;
        if (session.isOver()) {
            if (begun != null && !begun.giveUp() && !session.wasEnded()) {
                return now + SOON; // that may turn out to be why it was closed
            }
            settle();
            return null;
        }
        long occupancy = occupancy(now); // before: what is seen is of this lease, or of the one before it
        SocketPicture seen = session.picture();
        if (seen == null) {
            return now + SOON;
        }
        if (begun != null && (begun.isMeant(seen, now) || !begun.giveUp())) {
            return followUp(begun, seen, now);
        }
        settle();
        return judge(seen, occupancy, now);
    }

    private long occupancy(long now) {
        long occupancy = subject.occupancy();
        if (occupancy != occupiedBy) {
            occupiedBy = occupancy;
            occupiedAt = now;
        }
        return occupancy;
    }

    private void settle() {
        if (escalation != null) {
            escalation.tell();
            escalation = null;
        }
    }

    private long followUp(Escalation begun, SocketPicture seen, long now) {
        long abortAt = watchdog.latest(begun.abortAt());
        if (now - abortAt >= 0 && begun.listens(seen)) {
            if (begun.giveUp()) {
                settle();
            }
            return now + LATER;
        }
        if (now - abortAt >= 0 && isAnsweredUnread(seen, now)) {
            begun.postpone(now + watchdog.grace.whole());
        } else if (now - abortAt >= 0) {
            begun.abort(now);
            return now + SOON;
        }
        return Watchdog.soonest(abortAt, now + SOON);
    }

    private long judge(SocketPicture seen, long occupancy, long now) {
        Limits limits = subject.limits();
        Clocks clocks = clocks(seen, now);
        Overrun overrun = clocks.worst(limits);
        if (overrun != null && overrun.limit() == SessionLimit.STATEMENT && countedIn != seen.exchange()) {
            counted = subject.statementsIn(seen);
            countedIn = seen.exchange();
            clocks = clocks(seen, now);
            overrun = clocks.worst(limits);
        }
        if (overrun == null) {
            // whoever has it next may be held to the usual ones again
            long next = Math.min(clocks.untilExceeded(limits), subject.usual().shortest());
            return now + Math.max(SOON, next + watchdog.grace.untilCancel());
        }
        boolean cancels = overrun.waits() && !isCancelledBefore(overrun, seen);
        long after = cancels ? watchdog.grace.untilCancel() : watchdog.grace.whole();
        long dueAt = watchdog.latest(now + Math.max(after - overrun.by(), untilUsed(overrun, now)));
        if (now - dueAt < 0) {
            return Watchdog.soonest(dueAt, now + watchdog.grace.untilCancel()); // it may be another limit by then
        }
        Wait wait = overrun.waits() ? Session.waitOf(seen.reader()) : Wait.ANSWER;
        if (wait == Wait.NOTIFICATIONS) {
            return now + LATER;
        }
        if (overrun.waits() && overrun.limit() == SessionLimit.STATEMENT && isAnsweredUnread(seen, now)) {
            return now + watchdog.grace.whole();
        }
        if (!overrun.waits() && session.hasUnread() && isLeftToTheNextCall(overrun, seen, now)) {
            return now + LATER;
        }
        boolean commits = wait == Wait.COMMIT;
        if (overrun.by() >= watchdog.grace.whole() && (commits || overrun.limit() != SessionLimit.STATEMENT)) {
            if (isAllowed(overrun.limit())) {
                return now + LATER;
            }
            end(overrun.limit(), occupancy, now);
        } else if (cancels && !commits) {
            escalate(overrun, seen, occupancy, now);
        }
        return now + SOON;
    }

    /**
     * The server has ended it, or has something else to say, which the next call will read. Unless somebody reads all
     * the time, as in a COPY OUT, so that there always is something.
     */
    private static boolean isLeftToTheNextCall(Overrun overrun, SocketPicture seen, long now) {
        return now - seen.lastUsed() >= overrun.by();
    }

    /**
     * Whether the server has answered, and whoever waits for it has not come round to reading for a while: a virtual
     * thread whose carriers are all busy, a machine that is. Once for each exchange.
     */
    private boolean isAnsweredUnread(SocketPicture seen, long now) {
        boolean comesRound = !seen.insideRead() || now - seen.readBegunAt() < SOON; // in a flood of notices, say
        boolean is = !comesRound && graceGivenIn != seen.exchange() && session.hasUnread();
        if (is) {
            graceGivenIn = seen.exchange();
        }
        return is;
    }

    private Clocks clocks(SocketPicture seen, long now) {
        return subject.clocks(seen, countedIn == seen.exchange() ? counted : 1, now);
    }

    /** Whoever has just borrowed a session that nobody has used for long is about to use it. */
    private long untilUsed(Overrun overrun, long now) {
        return overrun.limit() == SessionLimit.IDLE_SESSION && occupiedBy != 0
                ? watchdog.grace.fromCancelToAbort() - (now - occupiedAt)
                : 0;
    }

    // ---- a statement that runs ------------------------------------------------------------------

    /** A transaction of many statements is cancelled in one of them only. */
    private boolean isCancelledBefore(Overrun overrun, SocketPicture seen) {
        return overrun.limit() == SessionLimit.TRANSACTION
                && hasCancelled
                && cancelledIn == seen.outsideTransactionAt();
    }

    private void escalate(Overrun overrun, SocketPicture seen, long occupancy, long now) {
        hasCancelled = true;
        cancelledIn = seen.outsideTransactionAt();
        escalation = new Escalation(subject, watchdog, seen, occupancy, overrun, now);
    }

    // ---- a session that is idle, or a transaction -----------------------------------------------

    /** Whether it only looks idle: it is the server that waits, between the bytes of a COPY. */
    private boolean isAllowed(SessionLimit limit) {
        return limit != SessionLimit.TRANSACTION && session.isInCopy();
    }

    /** Closes the socket, whichever exchange it is in: the hand is laid on it before anything else. */
    private void end(SessionLimit limit, long occupancy, long now) {
        for (int i = 0; i < TRIES; i++) {
            SocketPicture seen = session.picture();
            if (seen == null) {
                return; // the next look will do: others are not to wait for a thread that sleeps
            }
            if (session.hold(seen.exchange())) {
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
        Overrun overrun = held == null ? null : subject.clocks(held, 1, now).overrun(limit, limits);
        return overrun != null
                && overrun.by() >= watchdog.grace.whole()
                && occupancy == subject.occupancy()
                && !isAllowed(limit)
                && watchdog.end(session, exchange, overrun, subject.lease(now)); // before it can be given back
    }
}
