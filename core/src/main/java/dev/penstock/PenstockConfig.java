package dev.penstock;

import dev.penstock.internal.settings.Setting;
import dev.penstock.internal.settings.SettingKeys;
import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import dev.penstock.internal.settings.SystemProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, checked and immutable. Knows of each value where it came from.
 *
 * <p>What wins, from the strongest: the system property {@code penstock.enabled}, {@code penstock.*}
 * parameters in the URL, {@code penstock.*} keys in the properties, the builder, the default.
 */
public final class PenstockConfig {
    private static final String BUILDER = "builder";

    /** As it was declared, without the system property. */
    private final SettingValues declared;

    /** As it is in force. */
    private final SettingValues effective;

    private final ConnectSettings connect;
    private final BreakerSettings breaker;
    private final GateSettings gate;
    private final LeaseSettings leases;
    private final SessionSettings session;
    private final BudgetSettings budget;
    private final JmxSettings jmx;

    private PenstockConfig(SettingValues declared) {
        this.declared = declared;
        this.effective = SystemProperties.override(declared);
        this.connect = new ConnectSettings(effective);
        this.breaker = new BreakerSettings(effective);
        this.gate = new GateSettings(effective);
        this.leases = new LeaseSettings(effective);
        this.session = new SessionSettings(effective);
        this.budget = new BudgetSettings(effective);
        this.jmx = new JmxSettings(effective);
        Settings.validate(effective);
    }

    /**
     * Everything at its default.
     *
     * @throws InvalidSettingException if the system property {@code penstock.enabled} is neither true nor
     *     false
     */
    public static PenstockConfig defaults() {
        return new PenstockConfig(SettingValues.none());
    }

    /** Starts with everything at its default. */
    public static Builder builder() {
        return new Builder(SettingValues.none(), BUILDER);
    }

    /** Starts with what is declared here; what is changed counts as set by the builder. */
    public Builder toBuilder() {
        return toBuilder(BUILDER);
    }

    /**
     * The same for whoever builds from what stands somewhere else.
     *
     * @param origin where it stands: what is changed counts as set there, in the start-up line for example
     */
    public Builder toBuilder(String origin) {
        return new Builder(declared, origin);
    }

    /** Whether Penstock does anything at all, see {@link Builder#enabled}. */
    public boolean enabled() {
        return effective.get(Settings.ENABLED);
    }

    /** How connections are made. */
    public ConnectSettings connect() {
        return connect;
    }

    /** When the creation of connections pauses. */
    public BreakerSettings breaker() {
        return breaker;
    }

    /** When callers are refused before an empty pool. */
    public GateSettings gate() {
        return gate;
    }

    /** How connections on loan are watched. */
    public LeaseSettings leases() {
        return leases;
    }

    /** What sessions are limited in. */
    public SessionSettings session() {
        return session;
    }

    /** What of the server's connections the pool may take. */
    public BudgetSettings budget() {
        return budget;
    }

    /** Whether the pool is seen and operated by JMX. */
    public JmxSettings jmx() {
        return jmx;
    }

    /** Who is told what happens, in the order of registration. */
    public List<PenstockListener> listeners() {
        return effective.get(Settings.LISTENERS);
    }

    /**
     * This configuration with what text keys such as {@code penstock.connect.deadline=5s} say. Durations
     * are {@code 250ms}, {@code 5s}, {@code 1m}, {@code 1h} or ISO-8601 ({@code PT5S}); a number without a
     * unit is refused. Booleans are {@code true} or {@code false}. Keys that do not begin with {@code
     * penstock.} are left alone.
     *
     * @param origin where the keys stand, for the start-up line, for example {@code dataSourceProperties}
     * @throws InvalidSettingException if a key is unknown or a value breaks the rule of its setting
     */
    public PenstockConfig withProperties(Map<String, String> keys, String origin) {
        return withProperties(keys, key -> origin);
    }

    /**
     * As {@link #withProperties(Map, String)}, with keys from several places.
     *
     * @param originOf where a key stands
     * @throws InvalidSettingException as there
     */
    public PenstockConfig withProperties(Map<String, String> keys, Function<String, String> originOf) {
        return new PenstockConfig(SettingKeys.apply(keys, declared, originOf));
    }

    /** Every setting as it is in force, in the order of the documentation. */
    public List<EffectiveSetting> settings() {
        return Settings.all().stream().map(this::describe).toList();
    }

    /**
     * Where a setting's value came from, null if it is at its default.
     *
     * @param key full key, for example {@code penstock.connect.deadline}
     */
    public @Nullable String originOf(String key) {
        for (Setting<?> setting : Settings.all()) {
            if (setting.fullKey().equals(key)) {
                return effective.origin(setting);
            }
        }
        return null;
    }

    private EffectiveSetting describe(Setting<?> setting) {
        return effective.describe(setting);
    }

    /** Builds a {@link PenstockConfig}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;
        private final ConnectSettings.Builder connect;
        private final BreakerSettings.Builder breaker;
        private final GateSettings.Builder gate;
        private final LeaseSettings.Builder leases;
        private final SessionSettings.Builder session;
        private final BudgetSettings.Builder budget;
        private final JmxSettings.Builder jmx;

        private Builder(SettingValues values, String origin) {
            this.editor = values.edit(origin);
            this.connect = new ConnectSettings.Builder(editor);
            this.breaker = new BreakerSettings.Builder(editor);
            this.gate = new GateSettings.Builder(editor);
            this.leases = new LeaseSettings.Builder(editor);
            this.session = new SessionSettings.Builder(editor);
            this.budget = new BudgetSettings.Builder(editor);
            this.jmx = new JmxSettings.Builder(editor);
        }

        /**
         * Whether Penstock does anything at all. Default true; false: a plain pool over plain pgjdbc,
         * nothing wrapped. The system property {@code penstock.enabled} overrides it either way, so that
         * Penstock can be switched off without a new build.
         */
        public Builder enabled(boolean enabled) {
            editor.set(Settings.ENABLED, enabled);
            return this;
        }

        /** Changes how connections are made; may be called several times. */
        public Builder connect(Consumer<ConnectSettings.Builder> change) {
            change.accept(connect);
            return this;
        }

        /** Changes when the creation of connections pauses; may be called several times. */
        public Builder breaker(Consumer<BreakerSettings.Builder> change) {
            change.accept(breaker);
            return this;
        }

        /** Changes when callers are refused before an empty pool; may be called several times. */
        public Builder gate(Consumer<GateSettings.Builder> change) {
            change.accept(gate);
            return this;
        }

        /** Changes how connections on loan are watched; may be called several times. */
        public Builder leases(Consumer<LeaseSettings.Builder> change) {
            change.accept(leases);
            return this;
        }

        /** Changes what sessions are limited in; may be called several times. */
        public Builder session(Consumer<SessionSettings.Builder> change) {
            change.accept(session);
            return this;
        }

        /** Declares what of the server's connections the pool may take; may be called several times. */
        public Builder budget(Consumer<BudgetSettings.Builder> change) {
            change.accept(budget);
            return this;
        }

        /** Changes whether the pool is seen and operated by JMX; may be called several times. */
        public Builder jmx(Consumer<JmxSettings.Builder> change) {
            change.accept(jmx);
            return this;
        }

        /** Adds a listener to those that are there. Default none. */
        public Builder listener(PenstockListener listener) {
            if (listener == null) {
                throw new InvalidSettingException(Settings.LISTENERS.fullKey(), "must not hold null", null);
            }
            List<PenstockListener> listeners = new ArrayList<>(editor.get(Settings.LISTENERS));
            listeners.add(listener);
            editor.set(Settings.LISTENERS, List.copyOf(listeners));
            return this;
        }

        /**
         * The configuration.
         *
         * @throws InvalidSettingException if a value breaks the rule of its setting, or the system property
         *     {@code penstock.enabled} is neither true nor false
         */
        public PenstockConfig build() {
            return new PenstockConfig(editor.values());
        }
    }
}
