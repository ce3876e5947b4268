package dev.penstock;

import dev.penstock.internal.settings.Durations;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a session, each with the meaning that PostgreSQL gives it (manual, section 19.11). A limit that is not set
 * is left as it is: the server's, the role's, or that of the pool. Zero: no limit. Else from 1 ms to 24 days; finer
 * than a millisecond is refused.
 *
 * <p>What is set must be in order: lock &lt; statement &lt; transaction, else the connection would die instead of the
 * statement. Immutable.
 */
public final class SessionTimeouts {
    private static final SessionTimeouts NONE = new SessionTimeouts(new EnumMap<>(SessionLimit.class));
    private static final SessionTimeouts UNLIMITED = unlimitedInAll();

    private final Map<SessionLimit, Duration> set;

    private SessionTimeouts(EnumMap<SessionLimit, Duration> set) {
        this.set = set;
    }

    private static SessionTimeouts unlimitedInAll() {
        EnumMap<SessionLimit, Duration> zero = new EnumMap<>(SessionLimit.class);
        for (SessionLimit limit : SessionLimit.values()) {
            zero.put(limit, Duration.ZERO);
        }
        return new SessionTimeouts(zero);
    }

    /** Nothing is set. */
    public static SessionTimeouts none() {
        return NONE;
    }

    /** No limit at all: every one is zero. */
    public static SessionTimeouts unlimited() {
        return UNLIMITED;
    }

    /** Starts with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The limit; null if it is not set, zero for none. */
    public @Nullable Duration get(SessionLimit limit) {
        return set.get(limit);
    }

    /** Whether none is set. */
    public boolean isEmpty() {
        return set.isEmpty();
    }

    /**
     * These, and for what is not set here those.
     *
     * @throws InvalidSettingException if they are not in order together
     */
    public SessionTimeouts over(SessionTimeouts others) {
        Builder both = new Builder();
        both.set.putAll(others.set);
        both.set.putAll(set);
        return both.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionTimeouts that && set.equals(that.set);
    }

    @Override
    public int hashCode() {
        return Objects.hash(set);
    }

    /** For example {@code statementTimeout=30s idleInTransactionTimeout=1m}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ").setEmptyValue("no limits set");
        set.forEach((limit, value) ->
                text.add(limit.setting().substring("penstock.session.".length()) + "=" + Durations.format(value)));
        return text.toString();
    }

    /** Collects limits. Not thread-safe. */
    public static final class Builder {
        private final EnumMap<SessionLimit, Duration> set = new EnumMap<>(SessionLimit.class);

        private Builder() {}

        /** How long one statement may take. Not set: as the server or the pool has it. Zero: no limit. */
        public Builder statementTimeout(Duration limit) {
            return limit(SessionLimit.STATEMENT, limit);
        }

        /** How long a statement may wait for one lock; by the server alone, the client cannot see it. */
        public Builder lockTimeout(Duration limit) {
            return limit(SessionLimit.LOCK, limit);
        }

        /** How long a transaction may stay open with nothing running in it. */
        public Builder idleInTransactionTimeout(Duration limit) {
            return limit(SessionLimit.IDLE_IN_TRANSACTION, limit);
        }

        /** How long a transaction may take, from its first statement. */
        public Builder transactionTimeout(Duration limit) {
            return limit(SessionLimit.TRANSACTION, limit);
        }

        /** How long a session may be idle outside a transaction. */
        public Builder idleSessionTimeout(Duration limit) {
            return limit(SessionLimit.IDLE_SESSION, limit);
        }

        /** Sets one of them; null: leaves it as it is. */
        public Builder limit(SessionLimit which, @Nullable Duration limit) {
            if (limit == null) {
                set.remove(which);
            } else {
                set.put(which, limit);
            }
            return this;
        }

        /**
         * The limits.
         *
         * @throws InvalidSettingException if a limit is out of its range, or they are not in order
         */
        public SessionTimeouts build() {
            set.forEach(Settings::checkSessionLimit);
            Settings.checkOrder(set);
            return new SessionTimeouts(new EnumMap<>(set));
        }
    }
}
