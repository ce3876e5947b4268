package dev.penstock.internal.connect;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The thread that wants the connection. It waits, or does one piece of work itself while an alarm keeps
 * its time: on a healthy connect that is all there is to do, and no other thread takes part. Not
 * thread-safe: guarded by the lock of the {@link RaceField}.
 */
final class Caller {
    private final Thread thread = Thread.currentThread();
    private final Condition changed;
    private final Alarm alarm;

    /** Race time at which it wakes by itself or its alarm rings; an event may need that earlier. */
    private long wakesAt;

    private @Nullable Runnable errand;
    private boolean waiting;
    private boolean working;

    /** The calling thread. */
    Caller(Condition changed, Runnable inItsStead) {
        this.changed = changed;
        this.alarm = new Alarm(inItsStead);
    }

    /** Leaves this work to it; false if it has something else to do. */
    boolean takes(Runnable work) {
        if (errand != null || working || !(waiting || thread == Thread.currentThread())) {
            return false;
        }
        errand = work;
        changed.signal();
        return true;
    }

    /** What has been left to it, and from now on the alarm keeps its time; null after a wait for something new. */
    @SuppressWarnings("WaitNotInLoop") // the loop is in RaceField.awaitVerdict, which ticks each time round
    @Nullable Runnable workOrWait(long now, long nextTick) throws InterruptedException {
        wakesAt = nextTick;
        Runnable work = errand;
        if (work != null) {
            alarm.set(nextTick - now);
            errand = null;
            working = true;
        } else {
            waiting = true;
            try {
                changed.awaitNanos(nextTick - now);
            } finally {
                waiting = false;
            }
        }
        return work;
    }

    /** The work is done: it keeps its own time again. */
    void back() {
        working = false;
        alarm.off();
    }

    boolean isWorking() {
        return working;
    }

    boolean isInterrupted() {
        return thread.isInterrupted();
    }

    /** Something has happened that may need a tick earlier. */
    void wakeBy(long nextTick, long now) {
        if (nextTick >= wakesAt) {
            return;
        }
        if (waiting) {
            changed.signal();
        } else if (working) {
            setAlarm(nextTick, now);
        }
    }

    void setAlarm(long nextTick, long now) {
        wakesAt = nextTick;
        alarm.set(nextTick - now);
    }
}
