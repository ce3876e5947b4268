package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;

/** Figures as they are written and read again: four significant digits, which no benchmark has more of. */
final class Digits {
    private static final MathContext SIGNIFICANT = new MathContext(4);

    private Digits() {}

    /** What a reader of the text gets. */
    static double rounded(double value) {
        return decimal(value).doubleValue();
    }

    /** Each of the three. */
    static Interval rounded(Interval interval) {
        return new Interval(rounded(interval.low()), rounded(interval.estimate()), rounded(interval.high()));
    }

    /** Without an exponent. */
    static String text(double value) {
        BigDecimal digits = decimal(value);
        return (digits.signum() == 0 ? BigDecimal.ZERO : digits.stripTrailingZeros()).toPlainString();
    }

    /** Both ends. */
    static String ends(Interval interval) {
        return text(interval.low()) + " to " + text(interval.high());
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).round(SIGNIFICANT);
    }
}
