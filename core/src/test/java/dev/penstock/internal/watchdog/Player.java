package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A session, and what a test knows of it, whatever the watchdog knows. Times are ticker times. */
final class Player extends ScriptedSession {
    /** What its driver does. */
    private enum Does {
        NOTHING,
        SENDS,
        READS,
        /** Has some of the answer. */
        PROCESSES
    }

    private static final long A_WHILE = 900_000_000;

    private final AtomicLong now;
    private final Limits usual;
    private Does does = Does.NOTHING;

    private long waitedBefore;
    private long since;
    private long lastUsed;
    private long outsideTransactionAt;
    private Limits held;
    private long heldSince;

    /** Since when the driver knows of its transaction. */
    private long knownSince;

    /** Whether there were pauses long enough for the watchdog to look away. */
    private boolean paused;

    /** Whether a cancel request may have been under way when the JVM stood still. */
    boolean wasBeingCancelled;

    boolean endSeen;
    boolean lost;
    long delivered;
    long deliveredAt;
    long toldCancelled;
    long toldAborted;

    Player(int pid, AtomicLong now, Limits usual) {
        super(pid, now::get);
        this.now = now;
        this.usual = usual;
        this.held = usual;
        this.lastUsed = now.get();
        this.outsideTransactionAt = now.get();
        this.heldSince = now.get();
    }

    boolean isIdle() {
        return does == Does.NOTHING;
    }

    private boolean waits() {
        return does == Does.SENDS || does == Does.READS;
    }

    // ---- what it does ---------------------------------------------------------------------------

    /** Nothing while a hand is laid on it: it would wait. */
    void asks(boolean auto, boolean getsStuck) {
        if (does != Does.NOTHING || !isFree()) {
            return;
        }
        autoCommit = auto;
        if (getsStuck) {
            wire.beginsToSend();
            does = Does.SENDS;
        } else {
            wire.asks();
            does = Does.READS;
        }
        waitedBefore = 0;
        wasBeingCancelled = false;
        paused = false;
        since = now.get();
        lastUsed = now.get();
        if (!inTransaction) {
            outsideTransactionAt = now.get();
        }
    }

    void hears() {
        if (does == Does.READS) {
            wire.hears();
            stopsWaiting();
            does = Does.PROCESSES;
        }
    }

    /** With what comes next. */
    void goesOn() {
        if (does == Does.SENDS) {
            wire.hasSent();
            wire.reads();
            waitedBefore += now.get() - since;
            since = now.get();
            lastUsed = now.get();
            does = Does.READS;
        } else if (does == Does.PROCESSES) {
            // once it is exceeded, whoever goes on is cancelled anew, with all the time that a cancel request has
            paused |= now.get() - lastUsed > A_WHILE || waitedBefore > held.statement();
            if (now.get() - lastUsed > 1_000_000_000) {
                return; // the answer counts as complete by then
            }
            wire.reads();
            since = now.get();
            does = Does.READS;
        }
    }

    void answers(boolean open) {
        if (does == Does.SENDS) {
            goesOn();
        }
        if (does == Does.PROCESSES) {
            goesOn();
        }
        if (does == Does.READS) {
            knownSince = inTransaction ? knownSince : now.get();
            inTransaction = open;
            wire.answers();
            stopsWaiting();
            does = Does.NOTHING;
        }
    }

    private void stopsWaiting() {
        waitedBefore += now.get() - since;
        lastUsed = now.get();
    }

    void isLent(@Nullable Limits own) {
        borrow(own);
        held = own == null ? usual : own;
        heldSince = now.get();
    }

    void isReturned() {
        giveBack();
        held = usual;
        heldSince = now.get();
    }

    // ---- what may be done about it, and what must -----------------------------------------------

    private long elapsed(SessionLimit limit) {
        return switch (limit) {
            case STATEMENT -> waits() ? waitedBefore + now.get() - since : -1;
            case TRANSACTION -> inTransaction || (waits() && !autoCommit) ? now.get() - outsideTransactionAt : -1;
            case IDLE_IN_TRANSACTION -> !waits() && inTransaction ? now.get() - lastUsed : -1;
            case IDLE_SESSION -> !waits() && !inTransaction ? now.get() - lastUsed : -1;
            case LOCK -> -1;
        };
    }

    private static long value(Limits limits, SessionLimit limit) {
        return switch (limit) {
            case STATEMENT -> limits.statement();
            case TRANSACTION -> limits.transaction();
            case IDLE_IN_TRANSACTION -> limits.idleInTransaction();
            case IDLE_SESSION -> limits.idleSession();
            case LOCK -> Limits.NEVER;
        };
    }

    /** Whether one of its limits is exceeded by as much. */
    boolean isEndedOf(long by) {
        for (SessionLimit limit : SessionLimit.values()) {
            if (elapsed(limit) >= value(held, limit) + by) {
                return true;
            }
        }
        return false;
    }

    /** Whether this one is exceeded by as much, and nothing speaks for it. */
    boolean isOverdue(SessionLimit limit, long by) {
        long value = value(held, limit);
        if (value >= Limits.NEVER || elapsed(limit) < value + by) {
            return false;
        }
        boolean limitsAreNew = now.get() - heldSince < usual.shortest() + by;
        boolean isNews = limit == SessionLimit.TRANSACTION && inTransaction && now.get() - knownSince < by;
        boolean lookedAway = paused && now.get() - since < value + by;
        return !limitsAreNew && !isNews && !lookedAway;
    }

    @Override
    public String toString() {
        return "session " + session.backendPid() + ", " + does + " since " + (now.get() - since) / 1_000_000
                + " ms, waited before " + waitedBefore / 1_000_000 + " ms, used " + (now.get() - lastUsed) / 1_000_000
                + " ms ago, " + (inTransaction ? "in" : "outside") + " a transaction, outside "
                + (now.get() - outsideTransactionAt) / 1_000_000 + " ms ago, held to " + held + " since "
                + (now.get() - heldSince) / 1_000_000 + " ms" + (isOver() ? ", over" : "");
    }
}
