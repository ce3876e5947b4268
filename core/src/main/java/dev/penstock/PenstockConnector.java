package dev.penstock;

import dev.penstock.internal.budget.BudgetDesk;
import dev.penstock.internal.connect.ConnectRoute;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.jmx.ManagedPool;
import dev.penstock.internal.settings.StartupLine;
import dev.penstock.internal.wiring.AbovePool;
import dev.penstock.internal.wiring.Blueprint;
import dev.penstock.internal.wiring.Orders;
import dev.penstock.internal.wiring.Parts;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A DataSource of <em>physical</em> PostgreSQL connections under one total deadline: name resolution, all
 * addresses of all hosts, TCP, TLS, startup, authentication, until the connection is usable
 * ({@code connect.deadline}, default 30 s). Give it to any pool, or use it bare.
 *
 * <p>What it hands out is pgjdbc's own connection, unwrapped. At the deadline nothing is left behind: no
 * thread, no socket, no server backend.
 *
 * <p>{@link #setLoginTimeout} is recorded and not applied: pools derive it from limits of their own
 * (HikariCP makes 1 s of a small connectionTimeout). Thread-safe.
 */
public final class PenstockConnector implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PenstockConnector.class);

    private static final Duration LONGEST_TEST = Duration.ofDays(1);

    private final Blueprint plan;
    /** What it consists of; seen by tests. */
    final Parts parts;

    private final Orders orders;
    private final BudgetDesk budget;

    /** Of the connector alone; held, because meters hold it weakly. */
    private final PenstockControl own;

    /** Null until there is a gate. */
    private volatile @Nullable PenstockControl withPool;

    private volatile @Nullable ManagedPool managed;

    private volatile int loginTimeout;
    private volatile @Nullable PrintWriter logWriter;

    private PenstockConnector(Blueprint plan, Orders orders) {
        this.plan = plan;
        this.parts = Parts.of(plan);
        this.orders = orders;
        this.budget = new BudgetDesk(
                name(), config().budget(), parts.way().connects(), orders::pastThePool, parts.listeners());
        this.own = control(plan.pool(), null);
        announce();
    }

    private void announce() {
        LOG.info("{}", StartupLine.of(name(), plan.target().summary(), config()));
        if (config().enabled()) {
            plan.target().warnings(config()).forEach(warning -> LOG.warn("penstock '{}': {}", name(), warning));
        }
    }

    /** A connector for one URL. */
    public static Builder builder(String url) {
        return new Builder().url(url);
    }

    /**
     * A new physical connection, within {@code connect.deadline}.
     *
     * <p>An interrupt of the calling thread, also one from before the call, ends it within 0.1 s and leaves
     * the thread's flag set.
     *
     * @throws ConnectFailedException SQLState 08001 or 08006 by phase, 53300 if the server is full, 57P03 if
     *     it is starting up: no usable session within the deadline, or every address failed before it; or
     *     the breaker is open ({@code breaker.mode}) and no probe is due: then at once, and it tells the latest failure
     * @throws ConnectRejectedException SQLState class 28 or 3D000: every host that answered refuses us
     */
    @Override
    public Connection getConnection() throws SQLException {
        return connect(null);
    }

    /**
     * As {@link #getConnection()}, with these credentials instead of those of the URL and properties. A
     * {@link CredentialsSupplier} in the configuration counts more: pools hand their static user and
     * password in here.
     */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return connect(new Credentials(user, password));
    }

    /** How it goes on down to the socket is told in the package {@code dev.penstock.internal.wiring}. */
    private Connection connect(@Nullable Credentials given) throws SQLException {
        return parts.way().route().connect(orders.next(given));
    }

    /**
     * Tries every address of every host by itself, not as a race, and says what became of each: a session is
     * opened with the connector's own credentials, up to its first answer, and closed again. For people and
     * health pages, during an outage above all. It goes past the breaker and teaches it nothing, nor does any later
     * connect or listener learn of it; no pool takes part.
     *
     * <p>Four addresses are tried at a time. Each has its share of what is left of the limit, so that none goes
     * untried because others hang, and {@code connectTimeout} for TCP as in any connect. Whatever hangs, the
     * report is there within the limit and nothing is left behind. An interrupt of the calling thread, or {@link
     * #close}, ends it at once: what is not over by then is {@link ConnectOutcome#ABANDONED}, and the thread's flag
     * stays set.
     *
     * @param limit for the test as a whole, more than zero, at most one day
     * @throws IllegalArgumentException if the limit is not within that
     * @throws SQLFeatureNotSupportedException SQLState 0A000, while {@code penstock.enabled} is false
     * @throws SQLException SQLState 08003, if the connector is closed
     */
    public ConnectTest test(Duration limit) throws SQLException {
        return testAs(null, limit);
    }

    /**
     * As {@link #test(Duration)}, with these credentials instead of those of the URL and properties: for pools
     * that hand theirs in with each connect. A {@link CredentialsSupplier} in the configuration counts more.
     */
    public ConnectTest test(Duration limit, Credentials credentials) throws SQLException {
        return testAs(credentials, limit);
    }

    private ConnectTest testAs(@Nullable Credentials given, Duration limit) throws SQLException {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(LONGEST_TEST) > 0) {
            throw new IllegalArgumentException(
                    "limit of a connect test must be greater than zero and at most one day, but was " + limit);
        }
        ConnectRoute connects = parts.way().connects();
        if (connects == null) {
            throw new SQLFeatureNotSupportedException(
                    "penstock '" + name() + "' is off (penstock.enabled=false): there is no connect test", "0A000");
        }
        return connects.test(given, limit);
    }

    /**
     * A gate above a pool that draws from this connector: what keeps callers from waiting inside an empty pool
     * while no connection can be made. Always open while Penstock or its breaker is off.
     */
    public PoolGate gate(PoolControl pool) {
        AbovePool above = AbovePool.of(pool, plan, parts, orders);
        PenstockControl whole = control(pool, above);
        withPool = whole;
        return new PoolGate(above, whole);
    }

    private PenstockControl control(@Nullable PoolControl pool, @Nullable AbovePool above) {
        return new PenstockControl(
                name(),
                config(),
                parts.way().breaker(),
                parts.listeners(),
                parts.ticker(),
                new Below(),
                new PenstockControl.Lines(parts.firstLine(), parts.watchdog()),
                pool,
                above,
                new Budgeted());
    }

    /** What is below the handle. */
    private final class Below implements PenstockControl.Trial {
        @Override
        public ConnectTest run(Duration limit) throws SQLException {
            return testAs(orders.latest(), limit);
        }

        @Override
        public List<KnownAddress> addresses() {
            ConnectRoute connects = parts.way().connects();
            return connects == null ? List.of() : connects.addresses();
        }
    }

    private final class Budgeted implements PenstockControl.Budget {
        @Override
        public @Nullable BudgetReport latest() {
            return budget.latest();
        }

        @Override
        public @Nullable BudgetReport withPoolOf(int size) {
            return budget.withPoolOf(size);
        }
    }

    /**
     * The handle at run time: of this connector, and of the pool above it from the moment that it has a {@link #gate}
     * (of several pools: of the latest).
     */
    public PenstockControl control() {
        PenstockControl whole = withPool;
        return whole == null ? own : whole;
    }

    /**
     * Checks the pool above against the declared plan ({@code budget.plan}): with the limits that the server really
     * has, read over a connection of its own that is closed again, past the breaker, which learns nothing of it, and
     * with the pool's latest credentials. {@link PenstockControl#budget} and {@link PenstockListener#budgetChecked}
     * tell what came of it. Whatever {@code budget.check} says; it throws no {@link BudgetExceededException}. For
     * whoever integrates a pool: PenstockHikariDataSource does it by itself.
     *
     * @param maximumPoolSize of the pool, at least 1
     * @param limit for all of it, more than zero
     * @return also if the server could not be asked: it says why
     * @throws IllegalArgumentException if one of them is less
     * @throws InvalidSettingException if there is no plan, or nothing says which of its services this is
     */
    public BudgetReport checkBudget(int maximumPoolSize, Duration limit) {
        return budget.check(maximumPoolSize, limit);
    }

    /** As {@link #checkBudget}, on a thread of its own that ends with the check, or with this connector. */
    public void checkBudgetLater(int maximumPoolSize, Duration limit) {
        budget.checkLater(maximumPoolSize, limit);
    }

    private void manage() {
        if (config().enabled() && Boolean.TRUE.equals(config().jmx().enabled())) {
            managed = ManagedPool.register(name(), this::control, complaint -> LOG.warn("{}", complaint));
        }
    }

    private void sayWhatIsNotChecked() {
        if (config().enabled() && config().budget().plan() != null) {
            Notices.planNotChecked(name());
        }
    }

    /** Name in events and log lines. */
    public String name() {
        return plan.name();
    }

    /** The configuration in force, with what URL and properties contributed. */
    public PenstockConfig config() {
        return plan.config();
    }

    /**
     * Ends the connects that are under way, with an exception for their callers, and refuses further ones.
     * Connections that were handed out stay open, and nobody watches their leases any more. Idempotent.
     */
    @Override
    public void close() {
        ManagedPool seen = managed;
        if (seen != null) {
            seen.close();
        }
        budget.close();
        parts.close();
    }

    /** What {@link #setLoginTimeout} was given, in seconds; initially 0. It limits nothing. */
    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    /** Recorded, not applied: the limit is {@code connect.deadline}. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Recorded, not used: Penstock logs through SLF4J. */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Penstock logs through SLF4J", "0A000");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("PenstockConnector wraps no " + type.getName(), "0A000");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return "PenstockConnector '" + name() + "' " + plan.target().describe();
    }

    /** Collects what a connector needs; not thread-safe. */
    public static final class Builder {
        private static final AtomicInteger UNNAMED = new AtomicInteger();

        private @Nullable String name;
        private @Nullable String url;
        private final Properties properties = new Properties();
        private PenstockConfig config = PenstockConfig.defaults();
        private boolean watchPoolSetup;
        private boolean managedByPool;
        private @Nullable PoolControl pool;
        private Supplier<WhileOpen> whileOpen = () -> WhileOpen.REFUSE;
        private @Nullable Supplier<? extends IntUnaryOperator> readTimeouts;

        private Builder() {}

        private static String nextName() {
            return "connector-" + UNNAMED.incrementAndGet();
        }

        /** A URL of pgjdbc's, {@code jdbc:postgresql:…}, with any number of hosts. Required. */
        public Builder url(String url) {
            this.url = url;
            return this;
        }

        private String url() {
            if (url == null) {
                throw new InvalidSettingException("url", "must be given", null);
            }
            return url;
        }

        /** Name in events and log lines; default {@code connector-N}. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name);
            return this;
        }

        /** Database user; default: that of the URL, or pgjdbc's default. */
        public Builder user(String user) {
            return property("user", user);
        }

        /** Password; default: that of the URL, a service file or .pgpass, as pgjdbc finds it. */
        public Builder password(String password) {
            return property("password", password);
        }

        /** A connection property of pgjdbc's, or a {@code penstock.*} setting. The URL counts more. */
        public Builder property(String key, String value) {
            properties.setProperty(key, value);
            return this;
        }

        /** Many properties; those that are not strings are refused. */
        public Builder properties(Properties many) {
            for (Object key : many.keySet()) {
                if (!(key instanceof String text) || many.getProperty(text) == null) {
                    throw new InvalidSettingException("property " + key, "must be a string", "another type");
                }
            }
            many.stringPropertyNames().forEach(key -> property(key, many.getProperty(key)));
            return this;
        }

        /** Penstock's own settings; default: all at their defaults. */
        public Builder config(PenstockConfig config) {
            this.config = Objects.requireNonNull(config);
            return this;
        }

        /**
         * For HikariCP, which sets a connection up (validation, isolation level, connectionInitSql) after it
         * has received it, with a limit per read only: that set-up then has what is left of the deadline, at
         * least 1 s, as a whole. It is recognised by the network timeout that HikariCP sets and gives back;
         * a pool that does not do so is not cut. Default off.
         */
        public Builder watchPoolSetup() {
            this.watchPoolSetup = true;
            return this;
        }

        /**
         * The pool above this connector, which may be made later than it: the breaker opens at the first failure
         * if the pool is empty. Default: not known.
         */
        public Builder pool(PoolControl pool) {
            this.pool = Objects.requireNonNull(pool);
            return this;
        }

        /**
         * What becomes of a connect while the breaker is open. Default: it fails at once.
         *
         * <p>{@link WhileOpen#WAIT} is for a pool that makes its connections on one thread of its own, as HikariCP
         * does, and pauses for longer and longer after failures: that thread is kept waiting in {@link
         * #getConnection()} and is handed the first good connection, so that the pool serves at once when the
         * server is back. {@link #close} ends the wait.
         *
         * @param ask asked at each connect, in the thread that wants it
         */
        public Builder whileOpen(Supplier<WhileOpen> ask) {
            this.whileOpen = Objects.requireNonNull(ask);
            return this;
        }

        /**
         * For a pool that looks whether an idle connection is alive before it lends it out, and may take longer for
         * that than its caller has: lets somebody shorten the read timeouts of each connection. What the connection
         * answers when it is asked for its network timeout stays what was set. Default: nobody does.
         *
         * @param perConnection asked once per connection for who has the last word on that connection's read timeouts:
         *     a function from the timeout that is set, in milliseconds, 0 for none, to the one that counts, called in
         *     the thread that sets it
         */
        public Builder readTimeouts(Supplier<? extends IntUnaryOperator> perConnection) {
            this.readTimeouts = Objects.requireNonNull(perConnection);
            return this;
        }

        /**
         * The pool above shows itself and this connector to JMX: the connector registers no {@link PenstockMXBean} of
         * its own, whatever {@code jmx.enabled} says. It looks after the plan too ({@code budget.plan}). Default off.
         */
        public Builder managedByPool() {
            this.managedByPool = true;
            return this;
        }

        /**
         * Builds the connector and logs one line with what it connects to and which settings differ from
         * their defaults. Nothing is connected. With {@code jmx.enabled} it is registered with JMX until it is closed.
         *
         * @throws InvalidSettingException if the URL is not one of pgjdbc's or a setting breaks its rule
         */
        public PenstockConnector build() {
            Blueprint plan = Blueprint.of(name == null ? nextName() : name, url(), properties, config, pool);
            PenstockConnector connector =
                    new PenstockConnector(plan, new Orders(watchPoolSetup, whileOpen, readTimeouts));
            if (!managedByPool) {
                connector.manage();
                connector.sayWhatIsNotChecked();
            }
            return connector;
        }
    }
}
