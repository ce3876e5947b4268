package dev.penstock.internal.settings;

import dev.penstock.InvalidSettingException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting, described once: everything that parses, validates or prints settings reads this.
 *
 * @param key key without the prefix, for example {@code connect.deadline}
 * @param type text form of its values
 * @param defaultText default for readers, a value or a formula
 * @param defaultValue default, given all values: some follow from others
 * @param rule what a value must be
 */
public record Setting<T extends @Nullable Object>(
        String key, SettingType<T> type, String defaultText, Function<SettingValues, T> defaultValue, Rule<T> rule) {
    /** What every key begins with wherever keys of others stand beside it. */
    public static final String PREFIX = "penstock.";

    static <T> Setting<T> of(String key, SettingType<T> type, T defaultValue, Rule<T> rule) {
        return new Setting<>(key, type, type.writer().apply(defaultValue), values -> defaultValue, rule);
    }

    /** Key with its prefix, for example {@code penstock.connect.deadline}. */
    public String fullKey() {
        return PREFIX + key;
    }

    T parse(String text) {
        return type.read(fullKey(), text);
    }

    String format(T value) {
        return type.writer().apply(value);
    }

    void check(SettingValues values) {
        checkValue(values.get(this));
    }

    void checkValue(T value) {
        if (!rule.holds().test(value)) {
            throw new InvalidSettingException(fullKey(), rule.text(), value instanceof Integer ? value : format(value));
        }
    }
}
