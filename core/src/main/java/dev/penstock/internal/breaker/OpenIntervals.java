package dev.penstock.internal.breaker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long the breaker stays open before the next probe: {@code first}, doubling to 1.3 s, and once the
 * outage has lasted a minute on to 5 s. Each is stretched or shortened at random by up to a fifth, so that a
 * fleet that lost its server at one instant does not come back at one instant.
 *
 * @param first the interval after the opening
 * @param random uniform from 0 to 1
 */
record OpenIntervals(Duration first, DoubleSupplier random) {
    private static final long CAP = Duration.ofMillis(1300).toNanos();
    private static final long LATE_CAP = Duration.ofSeconds(5).toNanos();
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    /**
     * The interval after so many probes have failed.
     *
     * @param outage how long the outage has lasted
     */
    Duration after(int failedProbes, Duration outage) {
        double cap = (double) Math.max(first.toNanos(), outage.compareTo(LATE) < 0 ? CAP : LATE_CAP);
        double doubled = (double) first.toNanos() * Math.pow(2, Math.min(failedProbes, 30));
        double stretch = 1 + JITTER * (2 * random.getAsDouble() - 1);
        return Duration.ofNanos((long) (Math.min(cap, doubled) * stretch));
    }
}
