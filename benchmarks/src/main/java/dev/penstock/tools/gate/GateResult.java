package dev.penstock.tools.gate;

import dev.penstock.tools.report.Interval;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What all forks together say. Fork by fork one of either side was run right after the other.
 *
 * @param bare HikariCP alone
 * @param guarded with gate and breaker
 */
record GateResult(List<GateFork> bare, List<GateFork> guarded) {
    /** JMH divides what a whole JVM has allocated by the number of calls: a little is not theirs. */
    static final double NO_BYTES = 0.5;

    GateResult {
        bare = List.copyOf(bare);
        guarded = List.copyOf(guarded);
    }

    /** Nanoseconds of processor time that gate and breaker add; the forks are the independent observations. */
    Interval difference() {
        return difference(GateFork::nanos);
    }

    private Interval difference(ToDoubleFunction<GateFork> figure) {
        double[] differences = new double[bare.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = figure.applyAsDouble(guarded.get(i)) - figure.applyAsDouble(bare.get(i));
        }
        return Interval.ofValues(differences);
    }

    /** Bytes that gate and breaker add, to a tenth. */
    double bytes() {
        return Math.round(10 * (mean(guarded, GateFork::bytes) - mean(bare, GateFork::bytes))) / 10.0;
    }

    /** Whether the upper end of the interval is no more than that, and nothing is allocated. */
    boolean within(double mostNanos) {
        return difference().high() <= mostNanos && bytes() <= NO_BYTES;
    }

    List<String> lines(double mostNanos) {
        return List.of(
                "bare:       " + side(bare),
                "penstock:   " + side(guarded),
                "by the clock: " + nanos(difference(GateFork::clockNanos)),
                "difference: " + nanos(difference()) + String.format(Locale.ROOT, ", %.1f B", bytes()),
                String.format(
                        Locale.ROOT,
                        "upper 95 %% bound %.1f ns and %.1f B, allowed %.1f ns and 0 B: %s",
                        difference().high(),
                        bytes(),
                        mostNanos,
                        within(mostNanos) ? "as promised" : "BROKEN"));
    }

    private static String side(List<GateFork> forks) {
        return nanos(Interval.ofValues(
                        forks.stream().mapToDouble(GateFork::nanos).toArray()))
                + String.format(Locale.ROOT, ", %.1f B", mean(forks, GateFork::bytes));
    }

    private static String nanos(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f ns, 95 %% interval %.1f to %.1f",
                interval.estimate(),
                interval.low(),
                interval.high());
    }

    private static double mean(List<GateFork> forks, ToDoubleFunction<GateFork> figure) {
        return forks.stream().mapToDouble(figure).average().orElseThrow();
    }
}
