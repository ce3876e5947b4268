package dev.penstock.tools.tune.search;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long units of work took, in microseconds; whoever has them does not write to them any more.
 *
 * @param waited for a connection: with an open loop since the unit was due, so that a stall counts for all who had to
 *     come meanwhile (no coordinated omission)
 * @param served with the connection, until it was given back
 * @param took both together, which is what a latency target is about
 */
public record Times(Histogram waited, Histogram served, Histogram took) {
    /** To a minute, with an error of 1 %. */
    public static Histogram histogram() {
        Histogram histogram = new Histogram(TimeUnit.MINUTES.toMicros(1), 2);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** Of one of them; 99 for the 99th. */
    public static Duration percentile(Histogram histogram, double percentile) {
        return Duration.of(histogram.getValueAtPercentile(percentile), java.time.temporal.ChronoUnit.MICROS);
    }
}
