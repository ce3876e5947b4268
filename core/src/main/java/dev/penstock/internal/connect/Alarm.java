package dev.penstock.internal.connect;

import dev.penstock.internal.time.Timers;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the time of a caller that opens a session itself and so cannot. Rings on the timer thread, which
 * must not be held up. Not thread-safe: guarded by the lock of the {@link RaceField}.
 */
final class Alarm {
    /** Rings so often in any case: a thread that waits for a socket does not notice that it is interrupted. */
    static final long ROUND = Duration.ofMillis(100).toNanos();

    private final Runnable bell;
    private @Nullable Future<?> pending;

    Alarm(Runnable bell) {
        this.bell = bell;
    }

    /** Rings once, so many nanoseconds from now or earlier; what was set before is forgotten. */
    void set(long nanos) {
        off();
        pending = Timers.schedule(bell, Math.max(0, Math.min(nanos, ROUND)));
    }

    void off() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
