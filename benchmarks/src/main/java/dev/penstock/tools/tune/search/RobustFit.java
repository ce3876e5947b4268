package dev.penstock.tools.tune.search;

import dev.penstock.lab.stats.Sample;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Weights for values of which some are badly off: a checkpoint, a vacuum, a neighbour on the machine. A value far from
 * the curve through the others counts the less the farther it is (Huber's weights, computed again after each fit).
 */
final class RobustFit {
    /** A value with less weight is badly off. */
    static final double OUTLIER = 0.2;

    private static final int ROUNDS = 6;
    private static final double SIGMAS = 1.5;

    /** What makes the median of the absolute deviations a standard deviation, for the normal distribution. */
    private static final double CONSISTENT = 1.4826;

    /** Fits with weights; gives the fitted value at each point. */
    @FunctionalInterface
    interface Fit {
        double[] fitted(double[] weights);
    }

    private RobustFit() {}

    /**
     * The weights that the fit settles with.
     *
     * @param values measured, above 0, with relative errors
     * @param least relative error that each of them has at least
     */
    static double[] weights(double[] values, double[] least, Fit fit) {
        double[] weights = new double[values.length];
        Arrays.fill(weights, 1);
        for (int round = 0; round < ROUNDS; round++) {
            double[] off = residuals(values, fit.fitted(weights));
            double typical = scale(off);
            for (int i = 0; i < off.length; i++) {
                double far = Math.abs(off[i]) / (SIGMAS * Math.max(typical, least[i]));
                weights[i] = far <= 1 ? 1 : 1 / (far * far);
            }
        }
        return weights;
    }

    /** Relative deviations, as logarithms. */
    static double[] residuals(double[] values, double[] fitted) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.log(values[i] / fitted[i]))
                .toArray();
    }

    /** Standard deviation of what is not badly off. */
    static double scale(double... residuals) {
        return CONSISTENT
                * Sample.of(Arrays.stream(residuals).map(Math::abs).toArray()).median();
    }

    /** Standard deviation of one value that counts in full, from a curve with so many parameters. */
    static double error(double[] residuals, double[] weights, int parameters) {
        double squares = IntStream.range(0, residuals.length)
                .mapToDouble(i -> weights[i] * residuals[i] * residuals[i])
                .sum();
        return Math.sqrt(squares / Math.max(1, Arrays.stream(weights).sum() - parameters));
    }
}
