package dev.penstock;

import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a physical connection is made: {@code penstock.connect.*}. Immutable; made by {@link
 * PenstockConfig.Builder#connect}, where the values are checked.
 */
public final class ConnectSettings {
    private final SettingValues values;

    ConnectSettings(SettingValues values) {
        this.values = values;
    }

    /** Limit for a whole connect, see {@link Builder#deadline}. */
    public Duration deadline() {
        return values.get(Settings.DEADLINE);
    }

    /** Whether addresses race, see {@link Builder#racing}. */
    public boolean racing() {
        return values.get(Settings.RACING);
    }

    /** Head start of each address, see {@link Builder#attemptDelay}. */
    public Duration attemptDelay() {
        return values.get(Settings.ATTEMPT_DELAY);
    }

    /** Sessions of one connect that may be open at once, see {@link Builder#maxParallelSessions}. */
    public int maxParallelSessions() {
        return values.get(Settings.MAX_PARALLEL_SESSIONS);
    }

    /** Effective patience with the resolver, see {@link Builder#dnsPatience}; never null, never zero. */
    public Duration dnsPatience() {
        return values.get(Settings.DNS_PATIENCE);
    }

    /** How old a last good answer may be, see {@link Builder#dnsMaxStale}. */
    public Duration dnsMaxStale() {
        return values.get(Settings.DNS_MAX_STALE);
    }

    /** Whether TCP keepalive is switched on, see {@link Builder#tcpKeepAlive}. */
    public boolean tcpKeepAlive() {
        return values.get(Settings.TCP_KEEP_ALIVE);
    }

    /** What looks names up, see {@link Builder#resolver}. */
    public NameResolver resolver() {
        return values.get(Settings.RESOLVER);
    }

    /** What supplies user and password, see {@link Builder#credentials}; null if nothing does. */
    public @Nullable CredentialsSupplier credentials() {
        return values.get(Settings.CREDENTIALS);
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /**
         * Limit for everything from the name look-up to the usable session, over all addresses of all
         * hosts. Default 30 s, which lets the slowest healthy server through; 5 s suits most services.
         * More than zero, at most one day: zero does not mean "no limit", because a connect without a limit
         * is what wedges pools.
         *
         * <p>A {@code loginTimeout} in the URL or the properties takes the place of the default, so that
         * Penstock never waits longer than was asked for; a deadline that is set here governs.
         */
        public Builder deadline(Duration deadline) {
            editor.set(Settings.DEADLINE, deadline);
            return this;
        }

        /**
         * Whether several addresses of a name are tried side by side (RFC 8305). Default true. Off: one
         * after the other, the remaining time divided fairly.
         */
        public Builder racing(boolean racing) {
            editor.set(Settings.RACING, racing);
            return this;
        }

        /**
         * Head start of each address before the next one is tried beside it. Default 250 ms, between 10 ms
         * and 2 s (RFC 8305, section 8). A failed attempt starts the next one at once, whatever this says.
         */
        public Builder attemptDelay(Duration attemptDelay) {
            editor.set(Settings.ATTEMPT_DELAY, attemptDelay);
            return this;
        }

        /**
         * How many sessions of one connect may be open at once, silent servers included: each costs the
         * server side a backend. Default 3, between 1 and 16.
         */
        public Builder maxParallelSessions(int maxParallelSessions) {
            editor.set(Settings.MAX_PARALLEL_SESSIONS, maxParallelSessions);
            return this;
        }

        /**
         * How long a connect waits for the resolver before it goes on with the last good answer. Default,
         * also by null: 1 s, or a quarter of the deadline if that is shorter. More than zero, at most one day.
         */
        public Builder dnsPatience(@Nullable Duration dnsPatience) {
            editor.setOrDefault(Settings.DNS_PATIENCE, dnsPatience);
            return this;
        }

        /**
         * How old a last good answer may be when the resolver does not answer in time (not when it says that there
         * is no such name). Default 1 h, at most 365 days;
         * zero: an old answer is never used.
         */
        public Builder dnsMaxStale(Duration dnsMaxStale) {
            editor.set(Settings.DNS_MAX_STALE, dnsMaxStale);
            return this;
        }

        /**
         * Whether TCP keepalive is switched on, without which a vanished server is never noticed by a
         * waiting session. Default true. A {@code tcpKeepAlive} in the URL or the properties wins.
         */
        public Builder tcpKeepAlive(boolean tcpKeepAlive) {
            editor.set(Settings.TCP_KEEP_ALIVE, tcpKeepAlive);
            return this;
        }

        /** What looks names up. Default {@link NameResolver#system()}. */
        public Builder resolver(NameResolver resolver) {
            editor.set(Settings.RESOLVER, resolver);
            return this;
        }

        /**
         * What supplies user and password of each new connection. Default, also by null: none, they come
         * from the URL, the properties or the driver's own sources.
         */
        public Builder credentials(@Nullable CredentialsSupplier credentials) {
            editor.setOrDefault(Settings.CREDENTIALS, credentials);
            return this;
        }
    }
}
