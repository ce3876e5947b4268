package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param name what was measured: {@code Penstock, depth 10}; the same in every run, so that runs can be compared, and so
 *     without versions, which are told once for all groups
 * @param value the figure itself, which says something on this machine only
 * @param unit of the value and of what is above: {@code ns}, {@code us}, {@code ms}, {@code B}
 * @param ratio to bare HikariCP, or to the plain driver, in the same run; null for these themselves
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
     * A promise, and whether it was kept.
     *
     * @param text {@code "upper 95 % bound at most 45 ns"}
     * @param kept in this run
     */
    public record Kept(String text, boolean kept) {}
}
