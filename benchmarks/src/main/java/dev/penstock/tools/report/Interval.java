package dev.penstock.tools.report;

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
        if (ratios.length < 2) {
            throw new IllegalArgumentException(
                    "an interval takes two values at least, but there were " + ratios.length);
        }
        double[] logs = Arrays.stream(ratios).map(Math::log).toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double squares = Arrays.stream(logs).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (logs.length - 1) / logs.length);
        double half = StudentT.point95(logs.length - 1) * error;
        return new Interval(Math.exp(mean - half), Math.exp(mean), Math.exp(mean + half));
    }
}
