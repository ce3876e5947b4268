package dev.penstock.tools.pairs;

import java.util.Locale;

/** How the times of a comparison are shown. */
public enum Unit {
    MILLISECONDS("%7.3f ms", 1e6),
    MICROSECONDS("%7.2f us", 1e3);

    private final String format;
    private final double nanos;

    Unit(String format, double nanos) {
        this.format = format;
        this.nanos = nanos;
    }

    String text(double nanoseconds) {
        return String.format(Locale.ROOT, format, nanoseconds / nanos);
    }
}
