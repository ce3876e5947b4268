package dev.penstock.tools.tune.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Figures as text: as many digits as mean something. */
final class Numbers {
    static final String NONE = "-";
    private static final double MILLI = 1e3;
    private static final double SECOND = 1e6;
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;
    private static final double TRILLION = 1e12;
    private static final double MILLIONTH = 1e-6;

    private Numbers() {}

    /** Three digits at least, with commas: {@code 12,345}, {@code 8.20}, {@code 0.042}. */
    static String figure(double value) {
        if (isExtreme(value)) {
            return extreme(value);
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** What is not there is a dash. */
    static String orDash(OptionalDouble value, DoubleFunction<String> text) {
        return value.isPresent() ? text.apply(value.getAsDouble()) : NONE;
    }

    /** {@code 0.042} for 42 us. */
    static String millis(double micros) {
        return figure(micros / MILLI);
    }

    /** {@code 42 us}, {@code 4.2 ms}, {@code 1.5 s}, with the sign for micro. */
    static String time(double micros) {
        if (micros == 0) {
            return "0";
        }
        return micros < MILLI
                ? round(micros) + " \u00b5s"
                : micros < SECOND ? round(micros / MILLI) + " ms" : round(micros / SECOND) + " s";
    }

    static String time(Duration duration) {
        return time(micros(duration));
    }

    static double micros(Duration duration) {
        return duration.toNanos() / THOUSAND;
    }

    /** {@code 5 min 12 s}; below two minutes {@code 74 s}. */
    static String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return round(duration.toMillis() / MILLI) + " s";
        }
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** {@code 5 %}. */
    static String percent(double share) {
        double percent = share * 100;
        return round(percent) + " %";
    }

    /** Short, for axes: {@code 2,000}, {@code 1.5 M}. */
    static String tick(double value) {
        return value >= MILLION && value < TRILLION ? round(value / MILLION) + " M" : round(value);
    }

    /** Three digits at most, but all of whole numbers; no zeros at the end. */
    static String round(double value) {
        if (isExtreme(value)) {
            return extreme(value);
        }
        BigDecimal rounded = Math.abs(value) >= 100
                ? new BigDecimal(Math.rint(value))
                : new BigDecimal(value).round(new MathContext(3));
        String digits =
                rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        return Math.abs(value) >= THOUSAND ? String.format(Locale.ROOT, "%,d", rounded.longValue()) : digits;
    }

    private static boolean isExtreme(double value) {
        double size = Math.abs(value);
        return !Double.isFinite(value) || size >= TRILLION || (size > 0 && size < MILLIONTH);
    }

    private static String extreme(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : NONE;
    }
}
