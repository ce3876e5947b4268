package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a row since the results were written.
 *
 * @param group its group
 * @param row its name; null if it is all of the group
 * @param kind what it is
 * @param text both ratios, or why there are not two
 */
record RowChange(String group, @Nullable String row, Kind kind, String text) {
    /** What can become of a row. */
    enum Kind {
        /** Its ratio is higher, beyond tolerance and both intervals. */
        WORSE,
        /** Its ratio is higher beyond tolerance, but the intervals are too wide to say. */
        UNSURE,
        /** Its ratio is lower beyond tolerance and both intervals. */
        BETTER,
        /** It was not measured, though it should have been, or its group was not when the results were written. */
        MISSING,
        /** Quick mode does not measure it, or this JVM cannot. */
        LEFT_OUT,
        /** The results do not have it yet. */
        NEW,
        /** None of these. */
        SAME;

        /** Whether it fails the check. */
        boolean fails() {
            return this == WORSE || this == MISSING;
        }
    }

    /**
     * Of a row that is in both. Ratios are compared as such: what is judged is the 95 % interval of new against old,
     * whose half is the root of the sum of squares of theirs, on logarithms. The estimates are above 0 and within their
     * intervals, as {@link Figure} has it: of others every comparison would be false, and so nothing worse.
     *
     * @param tolerance 0.1 for 10 %
     */
    static Kind of(Interval old, Interval now, double tolerance) {
        double change = Math.log(now.estimate() / old.estimate());
        double tolerated = Math.log1p(tolerance);
        double least = change - Math.hypot(below(now), above(old));
        double most = change + Math.hypot(above(now), below(old));
        if (change > tolerated) {
            return least > tolerated ? Kind.WORSE : Kind.UNSURE;
        }
        return most < -tolerated ? Kind.BETTER : Kind.SAME;
    }

    private static double above(Interval interval) {
        return Math.log(interval.high() / interval.estimate());
    }

    /** Without end if the interval reaches zero, which differences over a ratio can. */
    private static double below(Interval interval) {
        return interval.low() > 0 ? Math.log(interval.estimate() / interval.low()) : Double.POSITIVE_INFINITY;
    }

    /** For people. */
    String line() {
        return kind.name().replace('_', ' ') + "  " + group + (row == null ? "" : ": " + row) + ": " + text;
    }
}
