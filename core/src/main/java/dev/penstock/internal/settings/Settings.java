package dev.penstock.internal.settings;

import static dev.penstock.internal.settings.SettingType.BOOLEAN;
import static dev.penstock.internal.settings.SettingType.DURATION;
import static dev.penstock.internal.settings.SettingType.INTEGER;

import dev.penstock.BreakerMode;
import dev.penstock.BudgetCheck;
import dev.penstock.CredentialsSupplier;
import dev.penstock.InvalidSettingException;
import dev.penstock.NameResolver;
import dev.penstock.PenstockListener;
import dev.penstock.PoolerMode;
import dev.penstock.ReclaimPolicy;
import dev.penstock.SessionLimit;
import dev.penstock.budget.Plan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every setting, once. What each one means stands on its public builder method. */
public final class Settings {
    /** A deadline beyond this is a slip of the unit. */
    public static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

    /** PostgreSQL keeps its timeouts as milliseconds in an int. */
    private static final Duration LONGEST_LIMIT = Duration.ofDays(24);

    /** What is longer in an application name is shortened; what is longer than this is no name. */
    private static final int LONGEST_INSTANCE = 255;

    private static final String UNSET = "unset";

    private static final NameResolver SYSTEM = NameResolver.system();

    /** {@code enabled}. */
    public static final Setting<Boolean> ENABLED = Setting.of("enabled", BOOLEAN, true, Rule.any());

    /** {@code connect.deadline}. */
    public static final Setting<Duration> DEADLINE =
            Setting.of("connect.deadline", DURATION, Duration.ofSeconds(30), Rule.positiveUpTo(LONGEST_DEADLINE));

    /** {@code connect.racing}. */
    public static final Setting<Boolean> RACING = Setting.of("connect.racing", BOOLEAN, true, Rule.any());

    /** {@code connect.attemptDelay}. */
    public static final Setting<Duration> ATTEMPT_DELAY = Setting.of(
            "connect.attemptDelay",
            DURATION,
            Duration.ofMillis(250),
            Rule.between(Duration.ofMillis(10), Duration.ofSeconds(2), " (RFC 8305)"));

    /** {@code connect.maxParallelSessions}. */
    public static final Setting<Integer> MAX_PARALLEL_SESSIONS =
            Setting.of("connect.maxParallelSessions", INTEGER, 3, Rule.between(1, 16));

    /** {@code connect.dnsPatience}. */
    public static final Setting<Duration> DNS_PATIENCE = new Setting<>(
            "connect.dnsPatience",
            DURATION,
            "min(1s, connect.deadline/4)",
            Settings::defaultDnsPatience,
            Rule.positiveUpTo(LONGEST_DEADLINE));

    /** {@code connect.dnsMaxStale}. */
    public static final Setting<Duration> DNS_MAX_STALE =
            Setting.of("connect.dnsMaxStale", DURATION, Duration.ofHours(1), Rule.zeroUpTo(Duration.ofDays(365)));

    /** {@code connect.tcpKeepAlive}. */
    public static final Setting<Boolean> TCP_KEEP_ALIVE = Setting.of("connect.tcpKeepAlive", BOOLEAN, true, Rule.any());

    /** {@code connect.resolver}, in code only. */
    public static final Setting<NameResolver> RESOLVER = Setting.of(
            "connect.resolver",
            SettingType.code(resolver -> resolver == SYSTEM ? "system" : "custom"),
            SYSTEM,
            Rule.any());

    /** {@code connect.credentials}, in code only. */
    public static final Setting<@Nullable CredentialsSupplier> CREDENTIALS = new Setting<>(
            "connect.credentials",
            SettingType.code(supplier -> supplier == null ? "none" : "supplier"),
            "none",
            values -> null,
            Rule.any());

    /** {@code breaker.mode}. */
    public static final Setting<BreakerMode> BREAKER_MODE =
            Setting.of("breaker.mode", SettingType.oneOf(BreakerMode.class), BreakerMode.ON, Rule.any());

    /** {@code breaker.failures}. */
    public static final Setting<Integer> BREAKER_FAILURES =
            Setting.of("breaker.failures", INTEGER, 3, Rule.between(1, 100));

    /** {@code breaker.openInterval}. */
    public static final Setting<Duration> BREAKER_OPEN_INTERVAL = Setting.of(
            "breaker.openInterval",
            DURATION,
            Duration.ofMillis(250),
            Rule.between(Duration.ofMillis(10), Duration.ofMinutes(1), ""));

    /** {@code breaker.rampUp}. */
    public static final Setting<Integer> BREAKER_RAMP_UP =
            Setting.of("breaker.rampUp", INTEGER, 5, Rule.between(1, 1000));

    /** {@code gate.failFastAfter}. */
    public static final Setting<@Nullable Duration> FAIL_FAST_AFTER = new Setting<>(
            "gate.failFastAfter",
            SettingType.OPTIONAL_DURATION,
            "the pool's connectionTimeout",
            values -> null,
            Rule.absentOr(Rule.zeroUpTo(LONGEST_DEADLINE)));

    /** {@code leases.detection}. */
    public static final Setting<Boolean> LEASE_DETECTION = Setting.of("leases.detection", BOOLEAN, true, Rule.any());

    /** {@code leases.suspectAfter}. */
    public static final Setting<Duration> SUSPECT_AFTER = Setting.of(
            "leases.suspectAfter",
            DURATION,
            Duration.ofSeconds(30),
            Rule.between(Duration.ofMillis(100), LONGEST_DEADLINE, ""));

    /** {@code leases.stacksPerSecond}. */
    public static final Setting<Integer> STACKS_PER_SECOND =
            Setting.of("leases.stacksPerSecond", INTEGER, 50, Rule.between(0, 1000));

    /** {@code leases.reclaim}. */
    public static final Setting<ReclaimPolicy> RECLAIM =
            Setting.of("leases.reclaim", Reclaims.TYPE, ReclaimPolicy.NEVER, Reclaims.limitUpTo(LONGEST_DEADLINE));

    /** {@code leases.reclaimInTransaction}. */
    public static final Setting<Boolean> RECLAIM_IN_TRANSACTION =
            Setting.of("leases.reclaimInTransaction", BOOLEAN, false, Rule.any());

    /** {@code leases.showSql}. */
    public static final Setting<Boolean> SHOW_SQL = Setting.of("leases.showSql", BOOLEAN, false, Rule.any());

    /** {@code leases.lockDiagnosis}. */
    public static final Setting<Boolean> LOCK_DIAGNOSIS =
            Setting.of("leases.lockDiagnosis", BOOLEAN, false, Rule.any());

    /** {@code session.statementTimeout}. */
    public static final Setting<@Nullable Duration> STATEMENT_TIMEOUT = sessionLimit(SessionLimit.STATEMENT);

    /** {@code session.lockTimeout}. */
    public static final Setting<@Nullable Duration> LOCK_TIMEOUT = sessionLimit(SessionLimit.LOCK);

    /** {@code session.idleInTransactionTimeout}. */
    public static final Setting<@Nullable Duration> IDLE_IN_TRANSACTION_TIMEOUT =
            sessionLimit(SessionLimit.IDLE_IN_TRANSACTION);

    /** {@code session.transactionTimeout}. */
    public static final Setting<@Nullable Duration> TRANSACTION_TIMEOUT = sessionLimit(SessionLimit.TRANSACTION);

    /** {@code session.idleSessionTimeout}. */
    public static final Setting<@Nullable Duration> IDLE_SESSION_TIMEOUT = sessionLimit(SessionLimit.IDLE_SESSION);

    /** {@code session.grace}. */
    public static final Setting<Duration> GRACE = Setting.of(
            "session.grace",
            DURATION,
            Duration.ofSeconds(1),
            Rule.between(Duration.ofMillis(100), Duration.ofMinutes(1), ""));

    /** {@code session.cancelLimit}. */
    public static final Setting<Duration> CANCEL_LIMIT = Setting.of(
            "session.cancelLimit",
            DURATION,
            Duration.ofSeconds(1),
            Rule.between(Duration.ofMillis(100), Duration.ofSeconds(10), ""));

    /** {@code session.pooler}. */
    public static final Setting<PoolerMode> POOLER =
            Setting.of("session.pooler", SettingType.oneOf(PoolerMode.class), PoolerMode.AUTO, Rule.any());

    /** {@code session.setLocal}. */
    public static final Setting<Boolean> SET_LOCAL = Setting.of("session.setLocal", BOOLEAN, false, Rule.any());

    /** {@code session.clientConnectionCheckInterval}. */
    public static final Setting<@Nullable Duration> CLIENT_CHECK = new Setting<>(
            "session.clientConnectionCheckInterval",
            SettingType.UNSET_DURATION,
            UNSET,
            values -> null,
            Rule.absentOr(Rule.millisUpTo(Duration.ofHours(1))));

    /** {@code session.exempt}. */
    public static final Setting<List<String>> EXEMPT =
            Setting.of("session.exempt", Packages.TYPE, List.of("org.flywaydb", "liquibase"), Packages.areNames());

    /** {@code budget.plan}, in code only. */
    public static final Setting<@Nullable Plan> BUDGET_PLAN =
            new Setting<>("budget.plan", SettingType.code(Budgets::text), "none", values -> null, Rule.any());

    /** {@code budget.check}. */
    public static final Setting<BudgetCheck> BUDGET_CHECK =
            Setting.of("budget.check", SettingType.oneOf(BudgetCheck.class), BudgetCheck.WARN, Rule.any());

    /** {@code budget.service}. */
    public static final Setting<@Nullable String> BUDGET_SERVICE = new Setting<>(
            "budget.service",
            SettingType.OPTIONAL_TEXT,
            "the plan's only service",
            values -> Budgets.onlyService(values.get(BUDGET_PLAN)),
            Rule.any());

    /** {@code budget.instance}. */
    public static final Setting<@Nullable String> BUDGET_INSTANCE = new Setting<>(
            "budget.instance",
            SettingType.OPTIONAL_TEXT,
            "HOSTNAME, else the host's name, else the process id",
            values -> null,
            Rule.absentOr(Rule.name(LONGEST_INSTANCE)));

    /** {@code jmx.enabled}. */
    public static final Setting<@Nullable Boolean> JMX_ENABLED = new Setting<>(
            "jmx.enabled",
            SettingType.OPTIONAL_BOOLEAN,
            "HikariCP's registerMbeans, else false",
            values -> null,
            Rule.any());

    /** {@code jmx.writes}. */
    public static final Setting<Boolean> JMX_WRITES = Setting.of("jmx.writes", BOOLEAN, false, Rule.any());

    /** {@code listeners}, in code only. */
    public static final Setting<List<PenstockListener>> LISTENERS =
            Setting.of("listeners", SettingType.code(list -> String.valueOf(list.size())), List.of(), Rule.any());

    private static final List<Setting<?>> ALL = List.of(
            ENABLED,
            DEADLINE,
            RACING,
            ATTEMPT_DELAY,
            MAX_PARALLEL_SESSIONS,
            DNS_PATIENCE,
            DNS_MAX_STALE,
            TCP_KEEP_ALIVE,
            RESOLVER,
            CREDENTIALS,
            BREAKER_MODE,
            BREAKER_FAILURES,
            BREAKER_OPEN_INTERVAL,
            BREAKER_RAMP_UP,
            FAIL_FAST_AFTER,
            LEASE_DETECTION,
            SUSPECT_AFTER,
            STACKS_PER_SECOND,
            RECLAIM,
            RECLAIM_IN_TRANSACTION,
            SHOW_SQL,
            LOCK_DIAGNOSIS,
            STATEMENT_TIMEOUT,
            LOCK_TIMEOUT,
            IDLE_IN_TRANSACTION_TIMEOUT,
            TRANSACTION_TIMEOUT,
            IDLE_SESSION_TIMEOUT,
            GRACE,
            CANCEL_LIMIT,
            POOLER,
            SET_LOCAL,
            CLIENT_CHECK,
            EXEMPT,
            BUDGET_PLAN,
            BUDGET_CHECK,
            BUDGET_SERVICE,
            BUDGET_INSTANCE,
            JMX_ENABLED,
            JMX_WRITES,
            LISTENERS);

    private Settings() {}

    /** All of them in the order of the documentation. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** Throws {@link InvalidSettingException} for the first value that breaks its rule. */
    public static void validate(SettingValues values) {
        ALL.forEach(setting -> setting.check(values));
        Map<SessionLimit, Duration> limits = new EnumMap<>(SessionLimit.class);
        for (SessionLimit limit : SessionLimit.values()) {
            Duration value = values.get(of(limit));
            if (value != null) {
                limits.put(limit, value);
            }
        }
        checkOrder(limits);
        Budgets.check(values);
    }

    /** The setting of a limit. */
    public static Setting<@Nullable Duration> of(SessionLimit limit) {
        return switch (limit) {
            case STATEMENT -> STATEMENT_TIMEOUT;
            case LOCK -> LOCK_TIMEOUT;
            case IDLE_IN_TRANSACTION -> IDLE_IN_TRANSACTION_TIMEOUT;
            case TRANSACTION -> TRANSACTION_TIMEOUT;
            case IDLE_SESSION -> IDLE_SESSION_TIMEOUT;
        };
    }

    /**
     * Full key of what sets this setting of the server.
     *
     * @param name in letters of any size, as the server takes it
     * @return null if nothing does
     */
    public static @Nullable String ofServerSetting(String name) {
        if (name.equalsIgnoreCase("client_connection_check_interval")) {
            return CLIENT_CHECK.fullKey();
        }
        for (SessionLimit limit : SessionLimit.values()) {
            if (name.equalsIgnoreCase(limit.serverSetting())) {
                return limit.setting();
            }
        }
        return null;
    }

    private static Setting<@Nullable Duration> sessionLimit(SessionLimit limit) {
        return new Setting<>(
                limit.setting().substring(Setting.PREFIX.length()),
                SettingType.UNSET_DURATION,
                UNSET,
                values -> null,
                Rule.absentOr(Rule.millisUpTo(LONGEST_LIMIT)));
    }

    /** Throws {@link InvalidSettingException} if the limit is out of its range. */
    public static void checkSessionLimit(SessionLimit limit, Duration value) {
        of(limit).checkValue(value);
    }

    /**
     * The statement must be over before its transaction is, and a wait for a lock before its statement, or the wrong
     * one of them is what ends. Throws {@link InvalidSettingException} if they are not in that order.
     */
    public static void checkOrder(Map<SessionLimit, Duration> limits) {
        checkLess(SessionLimit.LOCK, SessionLimit.STATEMENT, limits);
        checkLess(SessionLimit.STATEMENT, SessionLimit.TRANSACTION, limits);
        checkLess(SessionLimit.LOCK, SessionLimit.TRANSACTION, limits);
    }

    private static void checkLess(SessionLimit less, SessionLimit more, Map<SessionLimit, Duration> limits) {
        Duration least = limits.getOrDefault(less, Duration.ZERO);
        Duration most = limits.getOrDefault(more, Duration.ZERO);
        if (!least.isZero() && !most.isZero() && least.compareTo(most) >= 0) {
            throw new InvalidSettingException(
                    less.setting(),
                    "must be less than " + more.setting() + "=" + Durations.format(most),
                    Durations.format(least));
        }
    }

    /** A quarter of the deadline leaves the most of it to addresses; at least 1 ns, lest a tiny deadline give zero. */
    private static Duration defaultDnsPatience(SettingValues values) {
        Duration quarter = values.get(DEADLINE).dividedBy(4);
        Duration second = Duration.ofSeconds(1);
        return quarter.compareTo(second) < 0 ? atLeastOneNano(quarter) : second;
    }

    private static Duration atLeastOneNano(Duration duration) {
        return duration.isZero() ? Duration.ofNanos(1) : duration;
    }
}
