package dev.penstock.replay.report;

import java.time.Duration;
import java.util.Locale;

/** Figures and words as the report shows them. */
public final class Texts {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration TINY = Duration.ofMillis(1);

    private Texts() {}

    /** Whole seconds as such, else two decimals of a second, or milliseconds where those would say nothing. */
    public static String of(Duration time) {
        if (time.equals(Duration.ofSeconds(time.toSeconds()))) {
            return time.toSeconds() + " s";
        }
        if (time.compareTo(SHORT) >= 0) {
            return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
        }
        return String.format(Locale.ROOT, time.compareTo(TINY) < 0 ? "%.3f ms" : "%.1f ms", time.toNanos() / 1e6);
    }

    /** A factor, such as {@code 1.08 x}. */
    public static String ofFactor(double factor) {
        return String.format(Locale.ROOT, "%.2f x", factor);
    }

    /** One line of ASCII, so that a server's translated message breaks no terminal. */
    public static String ascii(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceAll("[^\\x20-\\x7E]", "?");
    }

    /** At most {@code width} characters. */
    public static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    /** What went wrong, with the name of the exception where its message alone would not say it. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return ascii(message == null ? failure.toString() : failure.getClass().getSimpleName() + ": " + message);
    }
}
