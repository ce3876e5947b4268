package dev.penstock.internal.breaker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long the breaker stays open before the next probe: {@code first}, doubling to 1.3 s, and once the
 * outage has lasted a minute on to 5 s. A fleet that lost its server at one instant must not come back at one
 * instant: the first two pauses are stretched at random to up to twice their length, later ones are a fifth
 * longer or shorter. An interval counts from the beginning of the probe before: one that found a silent server has
 * taken its time already.
 *
 * @param first the interval after the opening
 * @param random uniform from 0 to 1
 */
record OpenIntervals(Duration first, DoubleSupplier random) {
    private static final long CAP = Duration.ofMillis(1300).toNanos();
    private static final long LATE_CAP = Duration.ofSeconds(5).toNanos();
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;
    private static final int SPREADING = 2;

    /**
     * The interval after so many probes that did not end the outage.
     *
     * @param outage how long the outage has lasted
     */
    Duration after(int tries, Duration outage) {
        double cap = (double) Math.max(first.toNanos(), outage.compareTo(LATE) < 0 ? CAP : LATE_CAP);
        double doubled = (double) first.toNanos() * Math.pow(2, Math.min(tries, 30));
        return Duration.ofNanos((long) (Math.min(cap, doubled) * stretch(tries)));
    }

    /** What is left of an interval after a probe that took so long: some pause in any case. */
    Duration left(Duration interval, Duration probe) {
        Duration left = interval.minus(probe);
        return left.compareTo(first) > 0 ? left : min(first, interval);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private double stretch(int tries) {
        double chance = random.getAsDouble();
        return tries < SPREADING ? 1 + chance : 1 + JITTER * (2 * chance - 1);
    }
}
