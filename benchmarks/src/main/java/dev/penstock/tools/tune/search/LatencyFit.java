package dev.penstock.tools.tune.search;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The 99th percentile by size: it falls while more connections spare callers the wait, and rises when they get in each
 * other's way. Near the target that is convex. Far above it is not, and means nothing either (a queue that grows as
 * long as is measured); so what is smaller than the last size that is far above is left out, and fails.
 */
final class LatencyFit {
    /** Times the target, or the best there is: from there on it does not matter how bad it is. */
    private static final double FAR = 4;

    /** The share of 1 / sqrt(units) that the 99th percentile of exponential times has as its standard deviation. */
    private static final double CHANCE = 2.2;

    private final double from;
    private final double[] sizes;
    private final double[] weights;
    private final ConvexFit fit;
    private final double deviation;

    private LatencyFit(Samples samples, double target) {
        double cap = FAR
                * Math.max(
                        target,
                        samples.sizes().stream().mapToDouble(samples::p99).min().orElseThrow());
        from = lastFarBeforeGood(samples, cap);
        Samples near =
                new Samples(samples.all().stream().filter(m -> m.size() >= from).toList());
        sizes = near.values(Measured::size);
        double[] values = near.values(m -> Math.min(cap, Samples.p99(m)));
        double[] least = near.values(m -> CHANCE / Math.sqrt((double) m.done()));
        weights = RobustFit.weights(values, least, w -> fitted(ConvexFit.of(sizes, values, w, true)));
        fit = ConvexFit.of(sizes, values, weights, true);
        double floor = Math.sqrt(Arrays.stream(least).map(x -> x * x).average().orElseThrow());
        deviation =
                Math.max(floor, RobustFit.error(RobustFit.residuals(values, fitted(fit)), weights, fit.parameters()));
    }

    /** Through measurements of one size at least. */
    static LatencyFit of(Samples samples, double target) {
        return new LatencyFit(samples, target);
    }

    /** The best guess, in seconds; infinite where it is far above the target. */
    Curve curve() {
        return above(fit);
    }

    /** What the guess might have been, had chance played differently. */
    Curve resampled(RandomGenerator random) {
        double[] other = IntStream.range(0, sizes.length)
                .mapToDouble(
                        i -> fit.at(sizes[i]) * Math.exp(deviation / Math.sqrt(weights[i]) * random.nextGaussian()))
                .toArray();
        return above(ConvexFit.of(sizes, other, weights, true));
    }

    private Curve above(ConvexFit convex) {
        return size -> size <= from ? Double.POSITIVE_INFINITY : convex.at(size);
    }

    private double[] fitted(ConvexFit convex) {
        return Arrays.stream(sizes).map(convex::at).toArray();
    }

    private static double lastFarBeforeGood(Samples samples, double cap) {
        List<Integer> all = samples.sizes();
        int good = all.stream()
                .filter(size -> samples.p99(size) <= cap / FAR)
                .findFirst()
                .orElseThrow();
        return all.stream()
                .filter(size -> size < good && samples.p99(size) >= cap)
                .mapToDouble(Integer::doubleValue)
                .max()
                .orElse(0);
    }
}
