package dev.penstock.internal.watchdog;

import dev.penstock.SessionLimit;
import dev.penstock.internal.time.Deadline;
import java.time.Duration;

/**
 * How the time is spent that a limit is exceeded by: in the first quarter the server has its chance, in the rest a
 * cancel request has; then the socket is closed.
 *
 * @param whole in nanoseconds
 */
record Grace(long whole) {
    static Grace of(Duration grace) {
        return new Grace(Deadline.nanos(grace));
    }

    long untilCancel() {
        return whole / 4;
    }

    long fromCancelToAbort() {
        return whole - untilCancel();
    }

    /**
     * Less if the transaction was idle when its limit was exceeded, so that there was nothing to cancel: it ends in
     * time all the same.
     */
    long fromCancelToAbort(Overrun overrun) {
        return overrun.limit() == SessionLimit.TRANSACTION
                ? Math.max(untilCancel(), Math.min(fromCancelToAbort(), whole - overrun.by()))
                : fromCancelToAbort();
    }
}
