package dev.penstock.internal.settings;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a value must be, as a sentence that continues the name of its setting.
 *
 * @param text for example {@code must be greater than zero}
 * @param holds whether a value keeps the rule
 */
public record Rule<T extends @Nullable Object>(String text, Predicate<T> holds) {
    /** For settings of which every value is a good one. */
    static <T extends @Nullable Object> Rule<T> any() {
        return new Rule<>("may be anything", value -> true);
    }

    /** For settings that may be left out. */
    static <T> Rule<@Nullable T> absentOr(Rule<T> rule) {
        return new Rule<>(rule.text, value -> value == null || rule.holds.test(value));
    }

    static Rule<Integer> between(int least, int most) {
        return new Rule<>("must be between " + least + " and " + most, value -> value >= least && value <= most);
    }

    static Rule<Duration> between(Duration least, Duration most, String source) {
        String text = "must be between " + Durations.format(least) + " and " + Durations.format(most) + source;
        return new Rule<>(text, value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    }

    static Rule<Duration> positiveUpTo(Duration most) {
        String text = "must be greater than zero and at most " + Durations.format(most);
        return new Rule<>(text, value -> isPositive(value) && value.compareTo(most) <= 0);
    }

    static Rule<Duration> zeroUpTo(Duration most) {
        String text = "must be zero or more, at most " + Durations.format(most);
        return new Rule<>(text, value -> !value.isNegative() && value.compareTo(most) <= 0);
    }

    /** As the server takes it: anything finer would be zero to it, or be rounded. */
    static Rule<Duration> millisUpTo(Duration most) {
        String text = "must be zero or whole milliseconds, at most " + Durations.format(most);
        return new Rule<>(
                text,
                value -> !value.isNegative() && value.compareTo(most) <= 0 && value.toNanosPart() % 1_000_000 == 0);
    }

    /** A name that somebody is to read in one line. */
    static Rule<String> name(int longest) {
        return new Rule<>(
                "must have 1 to " + longest + " characters, not only blanks, none of them a control character",
                value -> !value.isBlank()
                        && value.length() <= longest
                        && value.chars().noneMatch(Character::isISOControl));
    }

    private static boolean isPositive(Duration value) {
        return !value.isNegative() && !value.isZero();
    }
}
