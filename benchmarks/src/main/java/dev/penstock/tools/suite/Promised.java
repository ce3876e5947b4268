package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import java.math.BigDecimal;

/**
 * Whether a promise is kept. With full effort the upper end of the 95 % interval is judged: kept means shown. Three forks
 * have an interval that shows next to nothing, so with quick effort it is the lower end, and broken means shown; the
 * text of the promise says which of them it was.
 */
public final class Promised {
    private Promised() {}

    /**
     * That something is no more than a limit.
     *
     * @param unit of both, {@code x} for a ratio
     */
    public static Figure.Kept atMost(SuiteEffort effort, double limit, String unit, Interval measured) {
        boolean full = effort == SuiteEffort.FULL;
        String text = (full ? "upper" : "lower") + " 95 % bound at most "
                + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString() + " " + unit;
        return new Figure.Kept(text, (full ? measured.high() : measured.low()) <= limit);
    }

    /** One promise of two. */
    public static Figure.Kept both(Figure.Kept one, Figure.Kept other) {
        return new Figure.Kept(one.text() + ", " + other.text(), one.kept() && other.kept());
    }
}
