package dev.penstock.tools.tune.usl;

import dev.penstock.lab.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The law that fits best.
 *
 * @param law the coefficients
 * @param error how far throughputs are from it: root of the mean square of relative errors, 0.02 for 2 %
 * @param bounds of the coefficients; null where nobody asked for them
 */
public record UslFit(Usl law, double error, @Nullable Bounds bounds) {
    /** Without bounds. */
    public UslFit(Usl law, double error) {
        this(law, error, null);
    }

    /**
     * The coefficients with their 95 % intervals.
     *
     * @param lambda throughput of one connection, per second
     * @param sigma contention
     * @param kappa coherency
     */
    public record Bounds(Interval lambda, Interval sigma, Interval kappa) {}
}
