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
    private boolean gone;

    /** The calling thread. */
    Caller(Condition changed, Runnable inItsStead) {
        this.changed = changed;
        this.alarm = new Alarm(inItsStead);
    }

    /** Leaves this work to it; false if it has something else to do. */
    boolean takes(Runnable work) {
        boolean here = waiting || thread == Thread.currentThread();
        if (gone || errand != null || working || !here) {
            return false;
        }
        try {
            alarm.set(Alarm.ROUND);
        } catch (RuntimeException | Error e) {
            return false; // no thread to be had for the alarm: not without one
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
            if (nextTick - now < Alarm.ROUND) {
                alarm.set(nextTick - now);
            }
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

    /** It is not there any more: nothing is left to it, and nobody keeps its time. */
    void gone() {
        gone = true;
        errand = null;
        alarm.off();
    }

    /** The alarm rang before it had begun its work: ring again. */
    void keepAlarm() {
        if (errand != null) {
            alarm.set(Alarm.ROUND);
        }
    }

    boolean isWorking() {
        return working;
    }

    boolean isInterrupted() {
        return thread.isInterrupted();
    }

    /** Something has happened that may need a tick earlier. */
    void wakeBy(long nextTick, long now) {
        if (nextTick < wakesAt) {
            if (working) {
                setAlarm(nextTick, now);
            } else {
                wake();
            }
        }
    }

    /** The race is decided: if it waits, there is nothing left to wait for. */
    void wake() {
        if (waiting) {
            changed.signal();
        }
    }

    void setAlarm(long nextTick, long now) {
        wakesAt = nextTick;
        alarm.set(nextTick - now);
    }
}
