package dev.penstock.internal.breaker;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long good connects have taken lately. A probe that takes much longer than these is a probe of a server
 * that is not back yet. Thread-safe.
 */
final class LearnedLatency {
    private static final int REMEMBERED = 128;
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final int MARGIN = 4;

    private final long[] latest = new long[REMEMBERED]; // guarded by this
    private long count; // guarded by this

    synchronized void learn(Duration connect) {
        latest[(int) (count++ % REMEMBERED)] = connect.toNanos();
    }

    /**
     * Limit of a probe: max(500 ms, 4 × the 99th percentile), doubling with each that used it up, never more than
     * the deadline; the deadline itself while nothing is learned.
     */
    Duration probeLimit(int expiredProbes, Duration deadline) {
        long p99 = p99();
        if (p99 == 0) {
            return deadline;
        }
        double limit =
                Math.max((double) LEAST.toNanos(), MARGIN * (double) p99) * Math.pow(2, Math.min(expiredProbes, 30));
        return limit < deadline.toNanos() ? Duration.ofNanos((long) limit) : deadline;
    }

    private synchronized long p99() {
        int known = (int) Math.min(count, REMEMBERED);
        if (known == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(latest, known);
        Arrays.sort(sorted);
        return Math.max(1, sorted[(int) Math.ceil(known * 0.99) - 1]);
    }
}
