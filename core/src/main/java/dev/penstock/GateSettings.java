package dev.penstock;

import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When callers are refused before an empty pool: {@code penstock.gate.*}. Immutable; made by {@link
 * PenstockConfig.Builder#gate}, where the values are checked.
 */
public final class GateSettings {
    private final SettingValues values;

    GateSettings(SettingValues values) {
        this.values = values;
    }

    /** How long an outage has to last, see {@link Builder#failFastAfter}; null: the pool's connectionTimeout. */
    public @Nullable Duration failFastAfter() {
        return values.get(Settings.FAIL_FAST_AFTER);
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /**
         * How long an outage has to last, with the pool empty, until callers are refused at once instead of being
         * kept waiting. Default, also by null: as long as the pool lets a caller wait (HikariCP's
         * connectionTimeout), so that a short outage is ridden out as without Penstock. Zero: at once. At most one
         * day.
         */
        public Builder failFastAfter(@Nullable Duration failFastAfter) {
            editor.setOrDefault(Settings.FAIL_FAST_AFTER, failFastAfter);
            return this;
        }
    }
}
