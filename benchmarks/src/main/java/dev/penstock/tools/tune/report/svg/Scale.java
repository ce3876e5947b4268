package dev.penstock.tools.tune.report.svg;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * From values to coordinates. What is beyond its ends is drawn at its ends.
 *
 * @param low value at one end
 * @param high value at the other, above it
 * @param ticks values to write beside the axis, within the ends
 * @param bend monotonic; the logarithm or nothing
 * @param from coordinate of the low end
 * @param to coordinate of the high end
 */
public record Scale(double low, double high, List<Double> ticks, DoubleUnaryOperator bend, double from, double to) {
    public Scale {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
            throw new IllegalArgumentException("ends must be finite and low below high, but were " + low + ", " + high);
        }
        ticks = List.copyOf(ticks);
    }

    /** From 0 to a round number that is no less than the highest value. */
    public static Scale linear(double highest, double from, double to) {
        List<Double> ticks = Ticks.linear(highest);
        return new Scale(0, ticks.get(ticks.size() - 1), ticks, DoubleUnaryOperator.identity(), from, to);
    }

    /** The same for counts: only whole numbers get a tick, and the axis ends right behind the highest. */
    public static Scale counts(int highest, double from, double to) {
        List<Double> ticks = Ticks.counts(highest);
        return new Scale(0, highest * 1.04, ticks, DoubleUnaryOperator.identity(), from, to);
    }

    /** Logarithmic, from and to a round number; the lowest value must be above 0. */
    public static Scale logarithmic(double lowest, double highest, double from, double to) {
        List<Double> ticks = Ticks.logarithmic(lowest, highest);
        return new Scale(ticks.get(0), ticks.get(ticks.size() - 1), ticks, Math::log, from, to);
    }

    /** Where a value is drawn. */
    public double at(double value) {
        double within = Math.min(high, Math.max(low, value));
        double start = bend.applyAsDouble(low);
        return from + (bend.applyAsDouble(within) - start) / (bend.applyAsDouble(high) - start) * (to - from);
    }

    /** Whether a value is drawn where it belongs. */
    public boolean holds(double value) {
        return value >= low && value <= high;
    }
}
