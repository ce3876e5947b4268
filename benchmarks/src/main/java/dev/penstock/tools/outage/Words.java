package dev.penstock.tools.outage;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Figures in words. */
final class Words {
    private Words() {}

    /** One run on one line. */
    static String line(Figures run) {
        return "served " + run.served() + ", failed " + run.failed() + ", dead " + run.dead() + ", longest call "
                + longest(run.longestMillis(), run.longestStillRuns()) + ", hung " + run.hung() + ", served again "
                + (run.recovered() ? "after " + seconds(run.recoveryMillis()) : "never") + ", all callers "
                + (run.everyoneMillis() < Double.POSITIVE_INFINITY
                        ? "after " + seconds(run.everyoneMillis())
                        : "never");
    }

    /** With a sign when the call had not come back. */
    static String longest(double millis, boolean stillRuns) {
        return (stillRuns ? "> " : "") + seconds(millis);
    }

    /** In seconds, with three digits below ten; "never" if infinite. */
    static String seconds(double millis) {
        if (millis == Double.POSITIVE_INFINITY) {
            return "never";
        }
        return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1e3);
    }

    /** A limit: as short as it can be said. */
    static String seconds(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** The median, and the worst if there are several. */
    static String seconds(double median, double worst, int runs) {
        return runs == 1 ? seconds(median) : seconds(median) + " (" + seconds(worst) + ")";
    }
}
