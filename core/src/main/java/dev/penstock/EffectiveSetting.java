package dev.penstock;

import org.jspecify.annotations.Nullable;

/**
 * One setting as it is in force.
 *
 * @param key full key, for example {@code penstock.connect.deadline}
 * @param value effective value as text, for example {@code 5s}; objects are named, not printed
 * @param defaultValue what the value would be if nothing had set it
 * @param origin where the value came from: {@code builder}, {@code URL}, {@code dataSourceProperties},
 *     {@code system property penstock.enabled} and so on; null if nothing set it
 */
public record EffectiveSetting(
        String key,
        String value,
        String defaultValue,
        @Nullable String origin) {
    /** Whether something set it to another value than its default. */
    public boolean differsFromDefault() {
        return origin != null && !value.equals(defaultValue);
    }
}
