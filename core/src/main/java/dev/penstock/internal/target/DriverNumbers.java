package dev.penstock.internal.target;

import dev.penstock.InvalidSettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** pgjdbc's timeouts as durations. Parsed as pgjdbc does, but nonsense is refused where pgjdbc guesses. */
final class DriverNumbers {
    private DriverNumbers() {}

    /** Whole seconds, zero or more. */
    static Duration seconds(String name, String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw new InvalidSettingException(name, "must be a whole number of seconds, zero or more", text);
    }

    /** Seconds with a fraction, null if they come to less than a millisecond: no limit to pgjdbc. */
    static @Nullable Duration fractionalSeconds(String name, String text) {
        float seconds = parseFloat(text);
        if (Float.isNaN(seconds) || Float.isInfinite(seconds) || seconds < 0) {
            throw new InvalidSettingException(name, "must be a number of seconds, zero or more", text);
        }
        long milliseconds = (long) (seconds * 1000);
        return milliseconds == 0 ? null : Duration.ofMillis(milliseconds);
    }

    private static float parseFloat(String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException notANumber) {
            return Float.NaN;
        }
    }
}
