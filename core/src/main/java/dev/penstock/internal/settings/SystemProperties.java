package dev.penstock.internal.settings;

import dev.penstock.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** The one system property: it switches Penstock off, or on, without a new build. */
public final class SystemProperties {
    private SystemProperties() {}

    /** What was declared, unless the system property says otherwise. */
    public static SettingValues override(SettingValues declared) {
        String text = read(Settings.ENABLED.fullKey());
        if (text == null) {
            return declared;
        }
        SettingValues.Editor editor = declared.edit("system property " + Settings.ENABLED.fullKey());
        editor.set(Settings.ENABLED, parse(text));
        return editor.values();
    }

    private static Boolean parse(String text) {
        Boolean value = SettingType.BOOLEAN.reader().apply(text);
        if (value == null) {
            throw new InvalidSettingException(
                    Settings.ENABLED.fullKey(), "as a system property must be true or false", text);
        }
        return value;
    }

    private static @Nullable String read(String key) {
        return System.getProperty(key);
    }
}
