package dev.penstock;

import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;

/**
 * When the creation of physical connections pauses: {@code penstock.breaker.*}. Immutable; made by {@link
 * PenstockConfig.Builder#breaker}, where the values are checked.
 */
public final class BreakerSettings {
    private final SettingValues values;

    BreakerSettings(SettingValues values) {
        this.values = values;
    }

    /** What the breaker does, see {@link Builder#mode}. */
    public BreakerMode mode() {
        return values.get(Settings.BREAKER_MODE);
    }

    /** Failures in a row that open it, see {@link Builder#failures}. */
    public int failures() {
        return values.get(Settings.BREAKER_FAILURES);
    }

    /** First pause before a probe, see {@link Builder#openInterval}. */
    public Duration openInterval() {
        return values.get(Settings.BREAKER_OPEN_INTERVAL);
    }

    /** Connections per second after an outage, see {@link Builder#rampUp}. */
    public int rampUp() {
        return values.get(Settings.BREAKER_RAMP_UP);
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /** On, observe (events and metrics only) or off. Default on. */
        public Builder mode(BreakerMode mode) {
            editor.set(Settings.BREAKER_MODE, mode);
            return this;
        }

        /**
         * How many connects in a row have to fail before it opens: unreachable, timed out or broken off. What the
         * server refuses does not count. Default 3, between 1 and 100. Where the pool is known and empty, the first
         * failure is enough.
         */
        public Builder failures(int failures) {
            editor.set(Settings.BREAKER_FAILURES, failures);
            return this;
        }

        /**
         * The pause before the first probe. Default 250 ms, between 10 ms and 1 min. It doubles with each probe
         * that fails, to 1.3 s, after a minute of outage to 5 s (or stays what it is if that is more). The first two
         * are up to twice as long at random, so that a fleet does not come back in step, the others a fifth longer or
         * shorter.
         */
        public Builder openInterval(Duration openInterval) {
            editor.set(Settings.BREAKER_OPEN_INTERVAL, openInterval);
            return this;
        }

        /**
         * How many connections per second are made right after an outage of ten seconds or more; twice as many every
         * two seconds, and without limit after twenty. A pool's creator waits for its turn half of {@code
         * connect.deadline} at most, anybody else a second. Default 5, between 1 and 1000.
         */
        public Builder rampUp(int perSecond) {
            editor.set(Settings.BREAKER_RAMP_UP, perSecond);
            return this;
        }
    }
}
