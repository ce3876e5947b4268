package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import dev.penstock.BudgetExceededException;
import dev.penstock.CredentialsSupplier;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.budget.ApplicationName;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.time.Ticker;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connector of a pool is made of: a snapshot of its HikariConfig. Equal plans make equal
 * connectors.
 *
 * @param name name of the pool, and of the connector
 * @param url {@code jdbcUrl}
 * @param properties {@code dataSourceProperties}, sorted, with user and password as HikariCP adds them
 * @param provider {@code credentialsProvider}, null if there is none
 * @param config Penstock's own, without what the properties say
 * @param applicationName what the connections call themselves; null: what the user or the driver says
 */
record PoolPlan(
        String name,
        String url,
        SortedProperties properties,
        @Nullable HikariCredentialsProvider provider,
        PenstockConfig config,
        @Nullable String applicationName) {
    private static final Logger LOG = LoggerFactory.getLogger(PoolPlan.class);
    private static final String ORIGIN = "dataSourceProperties";
    private static final String ENABLED = "penstock.enabled";

    /**
     * A copy of the configuration for a pool that starts now, with the connector below it.
     *
     * @throws dev.penstock.BudgetExceededException if it must not start
     */
    static HikariConfig prepared(HikariConfig hikari, PenstockConfig config) {
        HikariConfig copy = new HikariConfig();
        hikari.copyStateTo(copy);
        PoolSupply below = putBelow(copy, config, null);
        if (below != null) {
            admit(below, copy);
        }
        return copy;
    }

    private static void admit(PoolSupply below, HikariConfig hikari) {
        try {
            below.admit(hikari);
        } catch (BudgetExceededException e) {
            below.close();
            throw e;
        }
    }

    /**
     * Puts the connector below the pool that is about to start with this configuration, or makes it anew if
     * a setter was called since {@code before}.
     *
     * @return null if Penstock is off; the configuration is that of a plain pool then
     * @throws InvalidSettingException if a setting breaks its rule or does not go together with Penstock
     */
    static @Nullable PoolSupply putBelow(HikariConfig hikari, PenstockConfig config, @Nullable PoolSupply before) {
        takeAway(hikari);
        PenstockConfig effective = effective(hikari, config);
        if (!effective.enabled()) {
            String name = hikari.getPoolName();
            LOG.info(
                    "penstock '{}': off, this is a plain HikariDataSource ({}=false, {})",
                    name == null ? "(not named yet)" : name,
                    ENABLED,
                    effective.originOf(ENABLED));
            return null;
        }
        Refusals.check(hikari, effective);
        if (hikari.getPoolName() == null) {
            hikari.setPoolName(PoolNames.next());
        }
        PoolSupply below = of(hikari, config, effective).supplyLike(before);
        hikari.setDataSource(below);
        HikariCredentialsProvider provider = hikari.getCredentialsProvider();
        if (provider != null) {
            hikari.setCredentialsProvider(new DeferredProvider(provider));
        }
        return below;
    }

    /** Undoes {@link #putBelow}: the configuration is what the user made it. */
    @SuppressWarnings("NullAway") // HikariCP takes null for "not set"
    static void takeAway(HikariConfig hikari) {
        if (hikari.getDataSource() instanceof PoolSupply) {
            hikari.setDataSource(null);
        }
        if (hikari.getCredentialsProvider() instanceof DeferredProvider deferred) {
            hikari.setCredentialsProvider(deferred.user());
        }
    }

    private PoolSupply supplyLike(@Nullable PoolSupply before) {
        if (before != null && before.isOf(this)) {
            return before;
        }
        if (before != null) {
            before.close();
        }
        return supply();
    }

    /** Of a configuration that {@link Refusals} have let pass and that has a name. */
    private static PoolPlan of(HikariConfig hikari, PenstockConfig config, PenstockConfig effective) {
        SortedProperties properties = SortedProperties.of(hikari.getDataSourceProperties());
        HikariCredentialsProvider provider = hikari.getCredentialsProvider();
        if (provider == null) {
            // as DriverDataSource does it: a password counts even if the user stands in the URL
            com.zaxxer.hikari.util.Credentials credentials = hikari.getCredentials();
            putUnlessNull(properties.driver(), "user", credentials.getUsername());
            putUnlessNull(properties.driver(), "password", credentials.getPassword());
        }
        return new PoolPlan(
                hikari.getPoolName(),
                hikari.getJdbcUrl(),
                properties,
                provider,
                config,
                applicationName(hikari, effective, properties.driver()));
    }

    /** Of a pool with a budget, unless the user has one of his own. */
    private static @Nullable String applicationName(
            HikariConfig hikari, PenstockConfig effective, Properties ofDriver) {
        return effective
                .budget()
                .applicationName(hikari.getPoolName())
                .filter(name -> !ConnectTarget.of(hikari.getJdbcUrl(), ofDriver).namesApplication())
                .map(ApplicationName::toString)
                .orElse(null);
    }

    /**
     * Penstock's configuration together with the {@code penstock.*} keys of the properties and of the URL,
     * if that is one of PostgreSQL's.
     *
     * @throws dev.penstock.InvalidSettingException if a key is unknown or a value breaks its rule
     */
    static PenstockConfig effective(HikariConfig hikari, PenstockConfig config) {
        SortedProperties properties = SortedProperties.of(hikari.getDataSourceProperties());
        PenstockConfig keyed = config.withProperties(properties.penstock(), ORIGIN);
        String url = hikari.getJdbcUrl();
        // any other URL may be anything, and is nobody's business while Penstock is off
        boolean saysMore = url != null && url.startsWith(Refusals.URL_PREFIX) && url.contains("penstock.");
        return saysMore ? ConnectTarget.of(url, properties.driver()).effective(keyed) : keyed;
    }

    /** Whether Penstock is on and the configuration passes its checks. */
    static boolean isFeasible(HikariConfig hikari, PenstockConfig config) {
        try {
            PenstockConfig effective = effective(hikari, config);
            Refusals.check(hikari, effective);
            return effective.enabled();
        } catch (InvalidSettingException e) {
            return false;
        }
    }

    /** The connector, and what the pool sees of it. Nothing is connected. */
    private PoolSupply supply() {
        for (String key : properties.ignored()) {
            LOG.warn(
                    "penstock '{}': {} {} must be a string, but was of another type: pgjdbc ignores it",
                    name,
                    ORIGIN,
                    key);
        }
        HikariPoolControl control = new HikariPoolControl();
        Validations validations = new Validations(control::callersLimit, Ticker.system());
        PenstockConnector connector = PenstockConnector.builder(url)
                .name(name)
                .properties(driverProperties())
                .config(connectorConfig())
                .watchPoolSetup()
                .managedByPool()
                .pool(control)
                .whileOpen(control::whileOpen)
                .readTimeouts(validations::ofConnection)
                .build();
        PoolSupply supply = new PoolSupply(this, connector, UrlCredentials.of(url), control, validations);
        validations.bound(
                connector.config().connect().deadline(), () -> !supply.gate().isOpen());
        return supply;
    }

    private Properties driverProperties() {
        Properties copy = new Properties();
        copy.putAll(properties.driver());
        putUnlessNull(copy, "ApplicationName", applicationName);
        return copy;
    }

    private PenstockConfig connectorConfig() {
        PenstockConfig keyed = config.withProperties(properties.penstock(), ORIGIN);
        HikariCredentialsProvider from = provider;
        if (from == null) {
            return keyed;
        }
        return keyed.toBuilder().connect(c -> c.credentials(supplier(from))).build();
    }

    /** HikariCP would call the provider on its one adder thread, which a provider that hangs would hold. */
    private CredentialsSupplier supplier(HikariCredentialsProvider from) {
        UrlCredentials inUrl = UrlCredentials.of(url);
        return () -> {
            com.zaxxer.hikari.util.Credentials fresh = from.getCredentials();
            return inUrl.beside(fresh.getUsername(), fresh.getPassword());
        };
    }

    private static void putUnlessNull(Properties properties, String key, @Nullable String value) {
        if (value != null) {
            properties.putIfAbsent(key, value);
        }
    }

    /** Not the record's own, which would print passwords. */
    @Override
    public String toString() {
        return "plan of pool '" + name + "'";
    }
}
