package dev.penstock.internal.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: {@code 250ms}, {@code 5s}, {@code 1m}, {@code 1h}, or ISO-8601 such as {@code PT5S}. */
public final class Durations {
    /** Examples for messages. */
    static final String EXAMPLES = "250ms, 5s, 1m, 1h or PT5S";

    private static final Pattern WITH_UNIT = Pattern.compile("([+-]?\\d+)(ms|s|m|h)");
    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private Durations() {}

    /** The shortest exact form; what {@link #parse} reads back to the same duration. */
    public static String format(Duration duration) {
        if (duration.toNanosPart() % 1_000_000 != 0) {
            return duration.toString();
        }
        if (duration.toMillisPart() != 0) {
            return milliseconds(duration);
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0 && seconds != 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds != 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String milliseconds(Duration duration) {
        try {
            return duration.toMillis() + "ms";
        } catch (ArithmeticException tooLong) {
            return duration.toString();
        }
    }

    /** The duration, or null if the text is none. */
    static @Nullable Duration parse(String text) {
        Matcher matcher = WITH_UNIT.matcher(text);
        try {
            return matcher.matches() ? of(Long.parseLong(matcher.group(1)), matcher.group(2)) : iso(text);
        } catch (NumberFormatException | ArithmeticException outOfRange) {
            return null;
        }
    }

    /** A number without a unit: it could mean seconds to one reader and milliseconds to the next. */
    static boolean isBareNumber(String text) {
        return BARE_NUMBER.matcher(text).matches();
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static @Nullable Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            return null;
        }
    }
}
