package dev.penstock;

import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pool is seen and operated by JMX: {@code penstock.jmx.*}. Immutable; made by {@link
 * PenstockConfig.Builder#jmx}, where the values are checked.
 */
public final class JmxSettings {
    private final SettingValues values;

    JmxSettings(SettingValues values) {
        this.values = values;
    }

    /** Whether a {@link PenstockMXBean} is registered, see {@link Builder#enabled}; null: nobody has said. */
    public @Nullable Boolean enabled() {
        return values.get(Settings.JMX_ENABLED);
    }

    /** Whether its operations may change anything, see {@link Builder#writes}. */
    public boolean writes() {
        return values.get(Settings.JMX_WRITES);
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /**
         * Whether a {@link PenstockMXBean} is registered with the platform's MBean server. Default, also by null: as
         * HikariCP's {@code registerMbeans} has it; without HikariCP not.
         */
        public Builder enabled(@Nullable Boolean enabled) {
            editor.setOrDefault(Settings.JMX_ENABLED, enabled);
            return this;
        }

        /** Whether its operations may change anything. Default false: whoever reaches the JVM's JMX may look only. */
        public Builder writes(boolean writes) {
            editor.set(Settings.JMX_WRITES, writes);
            return this;
        }
    }
}
