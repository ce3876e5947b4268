package dev.penstock.internal.watchdog;

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
}
