package dev.penstock.internal.settings;

import dev.penstock.InvalidSettingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a setting's values.
 *
 * @param name for the documentation: duration, boolean, integer, code
 * @param reader text to value, null if the text is not one of this type
 * @param demand says what the text must be, given what it was
 * @param writer value to text; {@code reader} reads it back
 */
public record SettingType<T extends @Nullable Object>(
        String name,
        Function<String, @Nullable T> reader,
        Function<String, String> demand,
        Function<T, String> writer) {
    static final SettingType<Duration> DURATION =
            new SettingType<>("duration", Durations::parse, SettingType::demandDuration, Durations::format);

    static final SettingType<@Nullable Duration> OPTIONAL_DURATION = new SettingType<>(
            "duration",
            Durations::parse,
            SettingType::demandDuration,
            value -> value == null ? "default" : Durations.format(value));

    static final SettingType<@Nullable Duration> UNSET_DURATION = new SettingType<>(
            "duration",
            Durations::parse,
            SettingType::demandDuration,
            value -> value == null ? "unset" : Durations.format(value));

    static final SettingType<Boolean> BOOLEAN =
            new SettingType<>("boolean", SettingType::readBoolean, text -> "must be true or false", String::valueOf);

    static final SettingType<@Nullable Boolean> OPTIONAL_BOOLEAN = new SettingType<>(
            "boolean",
            SettingType::readBoolean,
            text -> "must be true or false",
            value -> value == null ? "default" : value.toString());

    static final SettingType<Integer> INTEGER =
            new SettingType<>("integer", SettingType::readInteger, text -> "must be a whole number", String::valueOf);

    static final SettingType<@Nullable String> OPTIONAL_TEXT = new SettingType<>(
            "text",
            text -> text.isBlank() ? null : text,
            text -> "must not be blank",
            value -> value == null ? "default" : value);

    /** The constants of an enum, written small. */
    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        String names = String.join(", ", byName.keySet());
        return new SettingType<>(
                names,
                byName::get,
                text -> "must be one of " + names,
                constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** For objects, which no text can name: they are set in code only. */
    static <T extends @Nullable Object> SettingType<T> code(Function<T, String> writer) {
        return new SettingType<>("code", text -> null, text -> "can be set in code only", writer);
    }

    T read(String fullKey, String text) {
        T value = reader.apply(text);
        if (value == null) {
            throw new InvalidSettingException(fullKey, demand.apply(text), text);
        }
        return value;
    }

    private static String demandDuration(String text) {
        return Durations.isBareNumber(text)
                ? "needs a unit, as in " + Durations.EXAMPLES
                : "must be a duration such as " + Durations.EXAMPLES;
    }

    /** Strict: to take "on" or "yes" for false, as the JDK does, would be a silent repair. */
    private static @Nullable Boolean readBoolean(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Integer readInteger(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }
}
