package dev.penstock;

import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sessions are limited in, and how that is enforced: {@code penstock.session.*}. Immutable; made by {@link
 * PenstockConfig.Builder#session}, where the values are checked.
 */
public final class SessionSettings {
    private final SettingValues values;

    SessionSettings(SettingValues values) {
        this.values = values;
    }

    /** The limits that are set. */
    public SessionTimeouts timeouts() {
        SessionTimeouts.Builder limits = SessionTimeouts.builder();
        for (SessionLimit limit : SessionLimit.values()) {
            limits.limit(limit, values.get(Settings.of(limit)));
        }
        return limits.build();
    }

    /** How much later than the server the client enforces, see {@link Builder#grace}. */
    public Duration grace() {
        return values.get(Settings.GRACE);
    }

    /** Limit of a cancel request, see {@link Builder#cancelLimit}. */
    public Duration cancelLimit() {
        return values.get(Settings.CANCEL_LIMIT);
    }

    /** What stands in between, see {@link Builder#pooler}. */
    public PoolerMode pooler() {
        return values.get(Settings.POOLER);
    }

    /** Whether transactions begin with SET LOCAL behind a pooler, see {@link Builder#setLocal}. */
    public boolean setLocal() {
        return values.get(Settings.SET_LOCAL);
    }

    /** How often the server looks for its client, see {@link Builder#clientConnectionCheckInterval}. */
    public @Nullable Duration clientConnectionCheckInterval() {
        return values.get(Settings.CLIENT_CHECK);
    }

    /** Packages whose borrowers have no limits, see {@link Builder#exempt}. */
    public List<String> exempt() {
        return values.get(Settings.EXEMPT);
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /**
         * How long one statement may take ({@code statement_timeout}, SQLState 57014). Default unset: nothing is sent
         * and nothing enforced. Zero: no limit, whatever server or role say. Else 1 ms to 24 days. Also by null: unset.
         */
        public Builder statementTimeout(@Nullable Duration limit) {
            return limit(SessionLimit.STATEMENT, limit);
        }

        /**
         * How long a statement may wait for one lock ({@code lock_timeout}, 55P03). Default unset, zero as above; less
         * than {@link #statementTimeout}. Enforced by the server alone: the client cannot see what a statement waits
         * for.
         */
        public Builder lockTimeout(@Nullable Duration limit) {
            return limit(SessionLimit.LOCK, limit);
        }

        /**
         * How long a transaction may stay open with nothing running in it ({@code
         * idle_in_transaction_session_timeout}, 25P03; the connection is lost). Default unset, zero as above.
         */
        public Builder idleInTransactionTimeout(@Nullable Duration limit) {
            return limit(SessionLimit.IDLE_IN_TRANSACTION, limit);
        }

        /**
         * How long a transaction may take, from its first statement ({@code transaction_timeout}, 25P04; the connection
         * is lost; the server knows it from PostgreSQL 17 on, the client enforces it on every version). Default unset,
         * zero as above; more than {@link #statementTimeout}.
         */
        public Builder transactionTimeout(@Nullable Duration limit) {
            return limit(SessionLimit.TRANSACTION, limit);
        }

        /**
         * How long a session may be idle outside a transaction, in the pool too ({@code idle_session_timeout}, 57P05;
         * the connection is lost). Default unset, zero as above. More than the pool's idleTimeout and maxLifetime, or
         * the pool has its idle connections taken away.
         */
        public Builder idleSessionTimeout(@Nullable Duration limit) {
            return limit(SessionLimit.IDLE_SESSION, limit);
        }

        private Builder limit(SessionLimit which, @Nullable Duration limit) {
            editor.setOrDefault(Settings.of(which), limit);
            return this;
        }

        /**
         * How much longer than a limit the client waits until it closes the socket; the server has its chance before.
         * A statement that is still running after a quarter of it is cancelled first. Default 1 s; 100 ms to one
         * minute.
         */
        public Builder grace(Duration grace) {
            editor.set(Settings.GRACE, grace);
            return this;
        }

        /**
         * How long a cancel request may take, from its connect to the server's end of stream, whoever has asked for it:
         * also {@code Statement.cancel} and {@code setQueryTimeout}. Default 1 s; 100 ms to ten seconds, the driver's
         * own limit.
         */
        public Builder cancelLimit(Duration cancelLimit) {
            editor.set(Settings.CANCEL_LIMIT, cancelLimit);
            return this;
        }

        /** Whether a connection pooler stands in between. Default {@link PoolerMode#AUTO}. */
        public Builder pooler(PoolerMode pooler) {
            editor.set(Settings.POOLER, pooler);
            return this;
        }

        /**
         * Behind a transaction pooler: whether transactions of leases begin with {@code SET LOCAL} of the statement and
         * lock limits, one round trip each. Default false: the client alone enforces the statement limit there.
         *
         * <p>It is sent, and the transaction begins, when a statement is made ({@code createStatement}, {@code
         * prepareStatement}, {@code prepareCall}) with autocommit off and no transaction open. So a statement that is
         * kept over a commit has them in its first transaction only; {@code setReadOnly} and {@code
         * setTransactionIsolation} after one was made fail with 25001; a COPY by way of {@code unwrap}, and everything
         * in autocommit, goes without. There the client's line is the only one.
         */
        public Builder setLocal(boolean setLocal) {
            editor.set(Settings.SET_LOCAL, setLocal);
            return this;
        }

        /**
         * How often the server looks whether its client is still there while it runs a statement ({@code
         * client_connection_check_interval}, PostgreSQL 14 and later, not on every platform). Default unset: the
         * server's. Zero: not at all. Else 1 ms to one hour.
         */
        public Builder clientConnectionCheckInterval(@Nullable Duration interval) {
            editor.setOrDefault(Settings.CLIENT_CHECK, interval);
            return this;
        }

        /**
         * Packages whose borrowers are exempt from every limit, recognised on the stack of the borrower when it asks
         * for the connection's metadata, as migration tools do first. Default {@code org.flywaydb, liquibase}; empty
         * for none.
         */
        public Builder exempt(List<String> packages) {
            editor.set(Settings.EXEMPT, List.copyOf(packages));
            return this;
        }
    }
}
