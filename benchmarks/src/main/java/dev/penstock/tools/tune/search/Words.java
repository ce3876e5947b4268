package dev.penstock.tools.tune.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Figures for people. */
final class Words {
    private Words() {}

    static String duration(Duration duration) {
        double seconds = Samples.seconds(duration);
        return seconds >= 60 && seconds % 60 == 0 ? Math.round(seconds / 60) + " min" : seconds(seconds);
    }

    /** {@code "12.3 ms"} or {@code "1.5 s"}. */
    static String seconds(double seconds) {
        return seconds < 1 ? digits(seconds * 1e3, 3) + " ms" : digits(seconds, 4) + " s";
    }

    private static String digits(double value, int significant) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(significant))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** {@code "1234"} or {@code "12.3"}, per second. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%.0f/s", perSecond);
    }

    /** {@code "5 %"}. */
    static String share(double share) {
        double percent = share * 100;
        return String.format(Locale.ROOT, percent == Math.rint(percent) ? "%.0f %%" : "%.1f %%", percent);
    }
}
