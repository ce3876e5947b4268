package dev.penstock.tools.tune.usl;

import dev.penstock.lab.stats.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Fits the law to measurements whose errors are relative: a share of the throughput, whatever it is.
 *
 * <p>What one connection needs for one unit of work, {@code n / X}, is linear in {@code 1 / lambda}, {@code sigma /
 * lambda} and {@code kappa / lambda}, so that the best fit is computed, not searched for. It is looked for among the
 * laws with {@code 0 <= sigma <= 1} and {@code kappa >= 0}: {@code n / X = q + p n + c n (n - 1)} with {@code p, q, c}
 * of 0 or more.
 */
public final class UslFitter {
    /** Sizes that differ, as many as there are coefficients. */
    public static final int LEAST_SIZES = 3;

    private static final int RESAMPLES = 400;

    private UslFitter() {}

    /**
     * The law that fits best.
     *
     * @throws IllegalArgumentException with fewer than {@value #LEAST_SIZES} sizes
     */
    public static UslFit fit(List<Point> points) {
        long sizes = points.stream().mapToDouble(Point::connections).distinct().count();
        if (sizes < LEAST_SIZES) {
            throw new IllegalArgumentException("the Universal Scalability Law takes measurements of at least "
                    + LEAST_SIZES + " sizes, but there were " + sizes);
        }
        Usl law = law(points);
        return new UslFit(law, error(law, points));
    }

    /**
     * The same with 95 % intervals of the coefficients: by a parametric bootstrap, with errors as large as the
     * measurements' from the law. They tell what chance does, not what is missing in the law.
     */
    public static UslFit fit(List<Point> points, RandomGenerator random) {
        UslFit fit = fit(points);
        // The variance of Student's t is by degrees / (degrees - 2) above that of the normal distribution.
        double degrees = Math.max(1, points.size() - LEAST_SIZES - 2);
        double deviation = fit.error() * Math.sqrt(points.size() / degrees);
        List<Usl> laws = Stream.generate(() -> law(resampled(points, fit.law(), deviation, random)))
                .limit(RESAMPLES)
                .toList();
        return new UslFit(
                fit.law(),
                fit.error(),
                new UslFit.Bounds(
                        interval(Usl::lambda, fit.law(), laws),
                        interval(Usl::sigma, fit.law(), laws),
                        interval(Usl::kappa, fit.law(), laws)));
    }

    private static List<Point> resampled(List<Point> points, Usl law, double deviation, RandomGenerator random) {
        return points.stream()
                .map(point -> new Point(
                        point.connections(),
                        law.throughput(point.connections())
                                * Math.exp(deviation / Math.sqrt(point.weight()) * random.nextGaussian()),
                        point.weight()))
                .toList();
    }

    private static Interval interval(ToDoubleFunction<Usl> coefficient, Usl best, List<Usl> laws) {
        double[] sorted = laws.stream().mapToDouble(coefficient).sorted().toArray();
        double estimate = coefficient.applyAsDouble(best);
        int tail = (int) (0.025 * sorted.length);
        return new Interval(
                Math.min(estimate, sorted[tail]), estimate, Math.max(estimate, sorted[sorted.length - 1 - tail]));
    }

    private static Usl law(List<Point> points) {
        double[] values = coefficients(points, 3);
        // Without a measurement of one connection all of n / X may be put down to coherency, and nothing to one
        // connection: then the law without coherency that fits best.
        double[] kept = values[0] + values[1] > 0 ? values : Arrays.copyOf(coefficients(points, 2), 3);
        double one = kept[0] + kept[1];
        return new Usl(1 / one, kept[1] / one, kept[2] / one);
    }

    private static double[] coefficients(List<Point> points, int columns) {
        double[][] rows = new double[points.size()][];
        double[] targets = new double[points.size()];
        for (int i = 0; i < rows.length; i++) {
            Point point = points.get(i);
            double n = point.connections();
            double scale = Math.sqrt(point.weight()) / point.held();
            targets[i] = Math.sqrt(point.weight());
            rows[i] = Arrays.copyOf(new double[] {scale, scale * n, scale * n * (n - 1)}, columns);
        }
        return NonNegative.solve(rows, targets);
    }

    private static double error(Usl law, List<Point> points) {
        double squares = 0;
        double weights = 0;
        for (Point point : points) {
            double relative = point.throughput() / law.throughput(point.connections()) - 1;
            squares += point.weight() * relative * relative;
            weights += point.weight();
        }
        return Math.sqrt(squares / weights);
    }
}
