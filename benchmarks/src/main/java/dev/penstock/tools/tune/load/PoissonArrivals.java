package dev.penstock.tools.tune.load;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When units of work come, whether or not earlier ones are through: as many independent users send them, so that the
 * times in between are exponential. Thread-safe.
 */
final class PoissonArrivals {
    private final long start;
    private final double meanNanos;
    private final RandomGenerator random; // guarded by this
    private double next; // guarded by this

    /**
     * From that moment on.
     *
     * @param start on the clock of {@link System#nanoTime}
     * @param perSecond units of work, on average
     */
    PoissonArrivals(long start, double perSecond, RandomGenerator random) {
        this.start = start;
        this.meanNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.random = random;
    }

    /** When the next one is due; never the same one twice. */
    synchronized long next() {
        next += -Math.log(1 - random.nextDouble()) * meanNanos;
        return start + (long) next;
    }
}
