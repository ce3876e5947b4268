package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.usl.NonNegative;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The convex function that comes nearest to values with relative errors: straight between the sizes that were measured,
 * and bent only upwards. A sum of hinges, {@code max(0, n - t)} and, where it may fall, {@code max(0, t - n)}, with
 * coefficients of 0 or more.
 */
final class ConvexFit {
    private final double[] knots;
    private final boolean mayFall;
    private final double[] coefficients;

    private ConvexFit(double[] knots, boolean mayFall, double[] coefficients) {
        this.knots = knots;
        this.mayFall = mayFall;
        this.coefficients = coefficients;
    }

    /** Through such values at such sizes; never below 0. */
    static ConvexFit of(double[] sizes, double[] values, double[] weights, boolean mayFall) {
        double[] knots = DoubleStream.concat(DoubleStream.of(0), Arrays.stream(sizes))
                .sorted()
                .distinct()
                .toArray();
        double[][] rows = new double[sizes.length][];
        double[] targets = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            targets[i] = Math.sqrt(weights[i]);
            double scale = targets[i] / values[i];
            rows[i] = Arrays.stream(basis(knots, mayFall, sizes[i]))
                    .map(x -> x * scale)
                    .toArray();
        }
        return new ConvexFit(knots, mayFall, NonNegative.solve(rows, targets));
    }

    /** The value at any size. */
    double at(double size) {
        double sum = coefficients[0];
        for (int i = 0; i < knots.length; i++) {
            sum += coefficients[1 + i] * Math.max(0, size - knots[i]);
            if (mayFall) {
                sum += coefficients[1 + knots.length + i] * Math.max(0, knots[i] - size);
            }
        }
        return sum;
    }

    /** How many coefficients are above 0: what it has taken from the data. */
    int parameters() {
        return (int) Arrays.stream(coefficients).filter(c -> c > 0).count();
    }

    private static double[] basis(double[] knots, boolean mayFall, double size) {
        double[] basis = new double[1 + (mayFall ? 2 : 1) * knots.length];
        basis[0] = 1;
        for (int i = 0; i < knots.length; i++) {
            basis[1 + i] = Math.max(0, size - knots[i]);
            if (mayFall) {
                basis[1 + knots.length + i] = Math.max(0, knots[i] - size);
            }
        }
        return basis;
    }
}
