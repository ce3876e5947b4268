package dev.penstock.lab.stats;

import java.util.Arrays;

/** Measured values, sorted. Immutable. */
public final class Sample {
    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of at least one value. */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample must have a value, but was empty");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Sample(sorted);
    }

    /** Number of values. */
    public int size() {
        return sorted.length;
    }

    /** The middle value, or the mean of the two in the middle. */
    public double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Mean of what is left when this share (0 to below 0.5) of the values is cut off at either end. */
    public double trimmedMean(double share) {
        if (!(share >= 0 && share < 0.5)) {
            throw new IllegalArgumentException("share must be at least 0 and below 0.5, but was " + share);
        }
        int cut = (int) (sorted.length * share);
        return Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
    }
}
