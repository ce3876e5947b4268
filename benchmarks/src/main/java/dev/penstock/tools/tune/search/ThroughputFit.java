package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.usl.Point;
import dev.penstock.tools.tune.usl.Usl;
import dev.penstock.tools.tune.usl.UslFit;
import dev.penstock.tools.tune.usl.UslFitter;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Throughput by size, through measurements that chance has a part in.
 *
 * <p>How long a connection is held for a unit of work, {@code n / X}, never falls when there are more connections, and
 * rises the faster the more there are. That is all that is assumed ({@link ConvexFit}) as long as the Universal
 * Scalability Law, which is one such curve with three coefficients, is farther from the measurements than chance
 * explains. Where it is not, it is taken, because three coefficients are known the better.
 */
final class ThroughputFit {
    /** How much farther from the measurements the law may be than the free curve: both have their share of chance. */
    private static final double AS_GOOD = 1.25;

    /** Standard errors that the mean at one size may be off the law. */
    private static final double SIGMAS = 2.5;

    private final double[] sizes;
    private final double[] throughputs;
    private final double[] weights;
    private final ConvexFit held;
    private final @Nullable UslFit law;
    private final boolean lawHolds;
    private final double deviation;

    private ThroughputFit(Samples samples) {
        sizes = samples.values(Measured::size);
        throughputs = samples.values(Measured::throughput);
        double[] least = samples.values(m -> 1 / Math.sqrt((double) (m.done() - m.failed())));
        weights = RobustFit.weights(
                held(throughputs), least, w -> fitted(ConvexFit.of(sizes, held(throughputs), w, false)));
        held = ConvexFit.of(sizes, held(throughputs), weights, false);
        law = samples.sizes().size() < UslFitter.LEAST_SIZES ? null : UslFitter.fit(points(throughputs));
        double floor = Math.sqrt(Arrays.stream(least).map(x -> x * x).average().orElseThrow());
        double free = Math.max(floor, error(this::free, held.parameters()));
        double lawful = law == null ? Double.NaN : error(law.law()::throughput, UslFitter.LEAST_SIZES);
        lawHolds = lawful <= AS_GOOD * free && noSizeIsOff(samples, free);
        deviation = lawHolds ? Math.max(floor, lawful) : free;
    }

    /** Through measurements that have a throughput, of one size at least. */
    static ThroughputFit of(Samples samples) {
        return new ThroughputFit(samples);
    }

    /** The best guess. */
    Curve curve() {
        return lawHolds && law != null ? law.law()::throughput : this::free;
    }

    /** What the guess might have been, had chance played differently. */
    Curve resampled(RandomGenerator random) {
        Curve curve = curve();
        double[] other = IntStream.range(0, sizes.length)
                .mapToDouble(
                        i -> curve.at(sizes[i]) * Math.exp(deviation / Math.sqrt(weights[i]) * random.nextGaussian()))
                .toArray();
        if (lawHolds) {
            Usl usl = UslFitter.fit(points(other)).law();
            return usl::throughput;
        }
        ConvexFit fit = ConvexFit.of(sizes, held(other), weights, false);
        return size -> size / fit.at(size);
    }

    /** The law, whether it holds or not; null with too few sizes. */
    @Nullable UslFit law() {
        return law;
    }

    /** The same with its bounds. */
    @Nullable UslFit law(RandomGenerator random) {
        return law == null ? null : UslFitter.fit(points(throughputs), random);
    }

    boolean lawHolds() {
        return lawHolds;
    }

    /** Relative standard deviation of one measurement. */
    double deviation() {
        return deviation;
    }

    /** Whether this one is so far off that it counts for little. */
    boolean outlier(int index) {
        return weights[index] < RobustFit.OUTLIER;
    }

    /** Whether the law is so near to the mean at each size as chance explains. */
    private boolean noSizeIsOff(Samples samples, double chance) {
        return law != null
                && samples.sizes().stream().noneMatch(size -> {
                    double sum = 0;
                    double weight = 0;
                    for (int i = 0; i < sizes.length; i++) {
                        if (sizes[i] == size) {
                            sum += weights[i]
                                    * Math.log(throughputs[i] / law.law().throughput(size));
                            weight += weights[i];
                        }
                    }
                    return Math.abs(sum / weight) > SIGMAS * chance / Math.sqrt(weight);
                });
    }

    private double free(double size) {
        return size / held.at(size);
    }

    private double[] held(double[] rates) {
        return IntStream.range(0, sizes.length)
                .mapToDouble(i -> sizes[i] / rates[i])
                .toArray();
    }

    private double[] fitted(ConvexFit fit) {
        return Arrays.stream(sizes).map(fit::at).toArray();
    }

    private List<Point> points(double[] rates) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> new Point(sizes[i], rates[i], weights[i]))
                .toList();
    }

    private double error(Curve curve, int parameters) {
        double[] off = RobustFit.residuals(
                throughputs, Arrays.stream(sizes).map(curve::at).toArray());
        return RobustFit.error(off, weights, parameters);
    }
}
