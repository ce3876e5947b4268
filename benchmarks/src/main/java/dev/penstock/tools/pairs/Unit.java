package dev.penstock.tools.pairs;

import java.util.Locale;

/** How the times of a comparison are shown. */
public enum Unit {
    MILLISECONDS("ms", "%7.3f", 1e6),
    MICROSECONDS("us", "%7.2f", 1e3);

    private final String symbol;
    private final String format;
    private final double nanos;

    Unit(String symbol, String format, double nanos) {
        this.symbol = symbol;
        this.format = format;
        this.nanos = nanos;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    /** So many of this unit. */
    public double of(double nanoseconds) {
        return nanoseconds / nanos;
    }

    String text(double nanoseconds) {
        return String.format(Locale.ROOT, format, of(nanoseconds)) + " " + symbol;
    }
}
