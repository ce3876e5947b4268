package dev.penstock.internal.settings;

import dev.penstock.EffectiveSetting;
import dev.penstock.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was set explicitly, and by whom; all else is at its default. Immutable.
 *
 * <p>A value that was set to what the default happens to be still counts as set: whoever wrote it
 * meant it, so that nothing derived (a loginTimeout in the URL) may take its place.
 */
public final class SettingValues {
    private static final SettingValues NONE = new SettingValues(Map.of());

    private final Map<Setting<?>, Entry> explicit;

    private SettingValues(Map<Setting<?>, Entry> explicit) {
        this.explicit = explicit;
    }

    private record Entry(Object value, String origin) {}

    /** Nothing set, everything at its default. */
    public static SettingValues none() {
        return NONE;
    }

    /** Effective value: the one that was set, else the default. */
    @SuppressWarnings("unchecked") // Editor.set takes a T for a Setting<T>
    public <T extends @Nullable Object> T get(Setting<T> setting) {
        Entry entry = explicit.get(setting);
        return entry == null ? setting.defaultValue().apply(this) : (T) entry.value();
    }

    /** Where the value came from, null if nothing set it. */
    public @Nullable String origin(Setting<?> setting) {
        Entry entry = explicit.get(setting);
        return entry == null ? null : entry.origin();
    }

    /** A setting as it is in force. */
    public <T extends @Nullable Object> EffectiveSetting describe(Setting<T> setting) {
        String value = setting.format(get(setting));
        String defaultValue = setting.format(setting.defaultValue().apply(this));
        return new EffectiveSetting(setting.fullKey(), value, defaultValue, origin(setting));
    }

    /** A copy to change, whose changes are put down to {@code origin}. */
    public Editor edit(String origin) {
        return new Editor(explicit, origin);
    }

    /** Changes a copy. Not thread-safe. */
    public static final class Editor {
        private final Map<Setting<?>, Entry> explicit;
        private final String origin;

        private Editor(Map<Setting<?>, Entry> explicit, String origin) {
            this.explicit = new HashMap<>(explicit);
            this.origin = origin;
        }

        /** Sets a value; rules are checked when the configuration is built. */
        public <T> void set(Setting<T> setting, @Nullable T value) {
            if (value == null) {
                throw new InvalidSettingException(setting.fullKey(), "must not be null", null);
            }
            explicit.put(setting, new Entry(value, origin));
        }

        /** Sets a value from its text form. */
        public <T> void setText(Setting<T> setting, @Nullable String text) {
            set(setting, text == null ? null : setting.parse(text));
        }

        /** Sets a value, or goes back to the default. */
        public <T> void setOrDefault(Setting<T> setting, @Nullable T value) {
            if (value == null) {
                explicit.remove(setting);
            } else {
                set(setting, value);
            }
        }

        /** Effective value so far. */
        public <T> T get(Setting<T> setting) {
            return values().get(setting);
        }

        /** What has been set so far. */
        public SettingValues values() {
            return new SettingValues(Map.copyOf(explicit));
        }
    }
}
