package dev.penstock.budget;

import java.time.Duration;

/** Durations as fractions of seconds, and back. */
final class Seconds {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final double NANOS = 1e9;

    private Seconds() {}

    static double of(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    /** Rounded to nanoseconds; longer than there is a duration for: the longest. */
    static Duration duration(double seconds) {
        if (seconds >= Long.MAX_VALUE) {
            return FOR_EVER;
        }
        long whole = (long) seconds;
        return Duration.ofSeconds(whole, Math.round((seconds - whole) * NANOS));
    }
}
