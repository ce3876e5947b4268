package dev.penstock.tools.turns;

import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What all forks of two sides together say. Fork by fork one of either side was run in the same round.
 *
 * @param bare HikariCP alone
 * @param other what is set beside it
 */
public record Comparison(List<Fork> bare, List<Fork> other) {
    /** JMH divides what a whole JVM has allocated by the number of calls: a little is not theirs. */
    static final double NO_BYTES = 0.5;

    public Comparison {
        bare = List.copyOf(bare);
        other = List.copyOf(other);
        if (bare.size() != other.size()) {
            throw new IllegalArgumentException(
                    "there must be as many forks of either side, but were " + bare.size() + " and " + other.size());
        }
    }

    /** Nanoseconds of processor time that the other side adds; the forks are the independent observations. */
    public Interval difference() {
        return Interval.ofValues(differences(Fork::nanos));
    }

    /** What the other side takes, as a multiple of HikariCP alone, in processor time. */
    public Interval ratio() {
        return Interval.ofRatios(IntStream.range(0, bare.size())
                .mapToDouble(i -> other.get(i).nanos() / bare.get(i).nanos())
                .toArray());
    }

    /** The difference by the clock. */
    public Interval clockDifference() {
        return Interval.ofValues(differences(Fork::clockNanos));
    }

    /** What the other side adds in the middle one of the forks, in processor time. */
    public double medianDifference() {
        return Sample.of(differences(Fork::nanos)).median();
    }

    private double[] differences(ToDoubleFunction<Fork> figure) {
        return IntStream.range(0, bare.size())
                .mapToDouble(i -> figure.applyAsDouble(other.get(i)) - figure.applyAsDouble(bare.get(i)))
                .toArray();
    }

    /** Bytes that the other side adds, to a tenth. */
    public double bytes() {
        return Math.round(10 * (meanBytes(other) - meanBytes(bare))) / 10.0;
    }

    /** Whether the upper end of the interval is no more than that, nor what is allocated. */
    public boolean keeps(Promise promise) {
        return difference().high() <= promise.nanos() && keepsBytes(promise);
    }

    /** Whether no more than that is allocated. */
    public boolean keepsBytes(Promise promise) {
        return bytes() <= promise.bytes() + NO_BYTES;
    }

    /** Both sides, their difference, and whether it is as promised. */
    public List<String> lines(Promise promise) {
        return List.of(
                "bare:       " + side(bare),
                "penstock:   " + side(other),
                "by the clock: " + nanos(clockDifference()),
                "difference: " + nanos(difference()) + String.format(Locale.ROOT, ", %.1f B", bytes()),
                verdict(promise));
    }

    /** Whether it is as promised. */
    public String verdict(Promise promise) {
        return String.format(
                Locale.ROOT,
                "upper 95 %% bound %.1f ns and %.1f B, allowed %.1f ns and %d B: %s",
                difference().high(),
                bytes(),
                promise.nanos(),
                promise.bytes(),
                keeps(promise) ? "as promised" : "BROKEN");
    }

    private static String side(List<Fork> forks) {
        return nanos(Interval.ofValues(forks.stream().mapToDouble(Fork::nanos).toArray()))
                + String.format(Locale.ROOT, ", %.1f B", meanBytes(forks));
    }

    private static String nanos(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f ns, 95 %% interval %.1f to %.1f",
                interval.estimate(),
                interval.low(),
                interval.high());
    }

    private static double meanBytes(List<Fork> forks) {
        return forks.stream().mapToDouble(Fork::bytes).average().orElseThrow();
    }
}
