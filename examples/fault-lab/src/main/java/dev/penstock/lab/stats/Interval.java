package dev.penstock.lab.stats;

import java.util.Arrays;

/**
 * An estimate with its 95 % interval.
 *
 * @param low lower end of the two-sided interval
 * @param estimate in between
 * @param high upper end; what is called the upper 95 % bound here, though it is exceeded by 2.5 % only
 */
public record Interval(double low, double estimate, double high) {
    /**
     * Of independent ratios of the same quantity: geometric mean, with Student's t on the logarithms. A ratio
     * and its inverse then count alike, which they would not in an arithmetic mean.
     *
     * @param ratios at least two, all above zero
     */
    public static Interval ofRatios(double... ratios) {
        Interval logs = ofValues(Arrays.stream(ratios).map(Math::log).toArray());
        return new Interval(Math.exp(logs.low), Math.exp(logs.estimate), Math.exp(logs.high));
    }

    /**
     * Of independent values of the same quantity, differences for example: arithmetic mean, with Student's t.
     *
     * @param values at least two
     */
    public static Interval ofValues(double... values) {
        if (values.length < 2) {
            throw new IllegalArgumentException(
                    "an interval takes two values at least, but there were " + values.length);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double half = StudentT.point95(values.length - 1) * error;
        return new Interval(mean - half, mean, mean + half);
    }
}
