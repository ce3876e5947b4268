package dev.penstock.tools.tune.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one measurement with a pool of one size has shown.
 *
 * @param size of the pool
 * @param lasted what was measured, by the clock
 * @param done units of work that have come to their end
 * @param failed of those, how many with an error
 * @param times of the units of work
 * @param serverCpu share of the server's processors in use, 0 to 1; null where it cannot be seen
 * @param callersCpu share of the processors here that the callers have taken, 0 to 1; null where it cannot be seen
 */
public record Measured(
        int size,
        Duration lasted,
        long done,
        long failed,
        Times times,
        @Nullable Double serverCpu,
        @Nullable Double callersCpu) {
    private static final double NANOS = 1e9;

    /** Of callers whose processor time nobody looks at. */
    public Measured(int size, Duration lasted, long done, long failed, Times times, @Nullable Double serverCpu) {
        this(size, lasted, done, failed, times, serverCpu, null);
    }

    /** Units of work per second that went well. */
    public double throughput() {
        return (done - failed) * NANOS / lasted.toNanos();
    }
}
