package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param name what was measured: {@code Penstock, depth 10}; the same in every run, so that runs can be compared, and so
 *     without versions, which are told once for all groups
 * @param value the figure itself, which says something on this machine only
 * @param unit of the value and of what is above: {@code ns}, {@code us}, {@code ms}, {@code B}
 * @param ratio to bare HikariCP, or to the plain driver, in the same run, above 0; null for these themselves
 * @param above what it is more than them, in the unit; null likewise
 * @param bytes allocated for one operation; null where nobody counts
 * @param forks JVMs that the interval comes from
 * @param promise what Penstock promises of it; null if nothing
 */
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable Interval ratio,
        @Nullable Interval above,
        @Nullable Double bytes,
        int forks,
        @Nullable Kept promise) {
    /**
     * What could not be written and read again is none, nor what could not be compared.
     *
     * @throws IllegalArgumentException if it is that
     */
    public Figure {
        require(name.lines().count() == 1 && name.strip().equals(name) && !name.isEmpty(), "name", "be one line", name);
        require(unit.matches("\\S+"), "unit", "be one word", unit);
        boolean finite = Stream.of(Stream.of(value), numbers(ratio), numbers(above), Stream.ofNullable(bytes))
                .flatMap(numbers -> numbers)
                .allMatch(Double::isFinite);
        require(finite, "figure", "be finite", name + ", " + value + " " + unit + ", " + ratio + ", " + above);
        require(ratio == null || ratio.estimate() > 0, "ratio", "be above 0", name + ", " + ratio);
        require(hasItsEstimate(ratio), "ratio", "be within its interval", name + ", " + ratio);
        require(hasItsEstimate(above), "difference", "be within its interval", name + ", " + above);
    }

    private static boolean hasItsEstimate(@Nullable Interval interval) {
        return interval == null || (interval.low() <= interval.estimate() && interval.estimate() <= interval.high());
    }

    private static Stream<Double> numbers(@Nullable Interval interval) {
        return interval == null ? Stream.of() : Stream.of(interval.low(), interval.estimate(), interval.high());
    }

    private static void require(boolean kept, String what, String rule, Object was) {
        if (!kept) {
            throw new IllegalArgumentException("a " + what + " must " + rule + ", but was " + was);
        }
    }

    /**
     * A promise, and whether it was kept.
     *
     * @param text {@code "upper 95 % bound at most 45 ns"}
     * @param kept in this run
     */
    public record Kept(String text, boolean kept) {}
}
