package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.pool.ProxyConnection;
import dev.penstock.BorrowTerms;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockView;
import dev.penstock.SessionTimeouts;
import dev.penstock.internal.lease.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HikariDataSource} whose physical connections come from a {@link PenstockConnector}: each of
 * them arrives within {@code connect.deadline} or fails within it, set-up included, so that HikariCP's one
 * adder thread is never held by a dead address or a silent server and the pool serves again as soon as
 * the database does.
 *
 * <pre>{@code
 * var hikari = new HikariConfig();
 * hikari.setJdbcUrl("jdbc:postgresql://db.example.com/app?sslmode=verify-full");
 * hikari.setUsername("app");
 * hikari.setPassword(secret);
 *
 * var dataSource = new PenstockHikariDataSource(hikari, PenstockConfig.builder()
 *     .connect(c -> c.deadline(Duration.ofSeconds(5)))          // default 30 s
 *     .build());
 * }</pre>
 *
 * <p><b>What stays as it is.</b> Everything that HikariCP is configured with: {@code jdbcUrl}, user and
 * password (also when they are changed at run time), {@code dataSourceProperties}, limits, metrics, JMX,
 * {@code unwrap}, {@code evictConnection}. Exceptions are HikariCP's; the reason is their cause, a {@link
 * dev.penstock.ConnectFailure} with one line per address that was tried.
 *
 * <p><b>What is different.</b>
 *
 * <ul>
 *   <li>What is lent is the handle of a lease over HikariCP's own connection, which {@code unwrap} reaches; statements
 *       are HikariCP's own, and their {@code getConnection()} returns its connection. Nothing is wrapped with {@code
 *       leases.detection=false} and no limit of {@code penstock.session.*} set.
 *   <li>Keys {@code penstock.*} among the {@code dataSourceProperties} or in the URL configure Penstock and
 *       count more than the {@link PenstockConfig}; they never reach the driver.
 *   <li>A {@code credentialsProvider} is called under the connect deadline, on a thread of Penstock's.
 *   <li>With the no-argument constructor the pool starts at the first borrow, on a thread of its own
 *       ({@code penstock-pool-start-N}): every caller waits for it within its own {@code
 *       connectionTimeout}. A failed start is delivered to all who wait for it; a later borrow tries again.
 *   <li>With a declared plan ({@code budget.plan}) the connections call themselves {@code service/instance/pool}, unless
 *       there is an {@code ApplicationName} already, and the pool is checked against the plan with the limits that the
 *       server really has: once it has started, beside it, or with {@code budget.check=fail} before it opens anything,
 *       for as long as the shorter of {@code connect.deadline} and {@code connectionTimeout} at most.
 *   <li>{@link #close} ends connects that are under way; during an outage it takes about a second.
 *   <li>{@code dataSource}, {@code dataSourceClassName}, {@code dataSourceJNDI}, another driver and another
 *       database's URL are refused with {@link InvalidSettingException}.
 * </ul>
 *
 * <p>With {@code penstock.enabled=false} (setting or system property) this is a plain {@link
 * HikariDataSource}; one log line says so.
 *
 * <p>Thread-safe once configured, as HikariDataSource is.
 */
public class PenstockHikariDataSource extends HikariDataSource {
    private final PenstockConfig penstock;
    /** Must not be named "pool": Spring Boot looks that field up by its name. */
    private final PoolLife life;

    /** Null until somebody asks for it while Penstock is off. Written with the lock of {@link #life} held. */
    private volatile @Nullable PenstockControl plain;

    /**
     * A pool that is configured with setters and starts at the first borrow; Penstock's settings are at
     * their defaults or come from {@code penstock.*} keys.
     *
     * @throws InvalidSettingException if the system property {@code penstock.enabled} is not a boolean
     */
    public PenstockHikariDataSource() {
        this(PenstockConfig.defaults());
    }

    /** A pool that is configured with setters and starts at the first borrow. */
    public PenstockHikariDataSource(PenstockConfig penstock) {
        this.penstock = Objects.requireNonNull(penstock, "penstock");
        this.life = new PoolLife(this, super::getConnection, penstock);
    }

    /** As {@link #PenstockHikariDataSource(HikariConfig, PenstockConfig)}, with Penstock's defaults. */
    public PenstockHikariDataSource(HikariConfig hikari) {
        this(hikari, PenstockConfig.defaults());
    }

    /**
     * A pool that starts now, as {@link HikariDataSource#HikariDataSource(HikariConfig)} does: what it waits
     * for is up to {@code initializationFailTimeout}. A failure leaves nothing open.
     *
     * @param hikari is copied and not changed, not even by a generated pool name
     * @throws InvalidSettingException if a setting breaks its rule or does not go together with Penstock
     * @throws dev.penstock.BudgetExceededException if the pool must not start because of {@code budget.check=fail}
     * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if the first connection cannot be
     *     made; the cause says why
     */
    public PenstockHikariDataSource(HikariConfig hikari, PenstockConfig penstock) {
        super(PoolPlan.prepared(hikari, penstock)); // connects: the connector is below the pool before that
        this.penstock = penstock;
        this.life = new PoolLife(this, super::getConnection, penstock);
        PoolSupply below = super.getDataSource() instanceof PoolSupply supply ? supply : null;
        life.hasStarted((HikariPool) super.getHikariPoolMXBean(), below);
    }

    /**
     * A connection from the pool, within {@code connectionTimeout}; the first call starts the pool.
     *
     * @throws java.sql.SQLTransientConnectionException if none came free, or the pool has not started, in
     *     time; the cause is the latest connect failure, if there was one
     * @throws SQLException what the start of the pool failed with; or the data source was closed; or the
     *     calling thread was interrupted, in which case its flag stays set
     * @throws dev.penstock.BudgetExceededException if the pool must not start because of {@code budget.check=fail}
     */
    @Override
    public Connection getConnection() throws SQLException {
        return life.borrow();
    }

    /**
     * The same pool for work that holds a connection for longer than usual, batches for example: its borrowers are
     * suspect after that instead of {@code leases.suspectAfter}, and not taken back by {@code leases.reclaim=after(…)}
     * before.
     *
     * @param hold more than zero
     * @throws IllegalArgumentException if it is not
     */
    public PenstockView expectingHold(Duration hold) {
        return view(BorrowTerms.usual().expectingHold(hold));
    }

    /**
     * The same pool for work that needs other limits than {@code penstock.session.*}, batches and reports for example.
     * See {@link PenstockView#withTimeouts}.
     *
     * @throws InvalidSettingException if they are not in order together with those of the pool
     */
    public PenstockView withTimeouts(SessionTimeouts limits) {
        return view(BorrowTerms.usual().withTimeouts(limits));
    }

    private PenstockView view(BorrowTerms terms) {
        return new View(this, terms, PoolPlan.effective(this, penstock), this::getConnection);
    }

    /**
     * What {@link #expectingHold} and {@link #withTimeouts} borrow by; everybody else calls {@link #getConnection()}.
     * For subclasses that want to see each borrow.
     *
     * @throws SQLException as {@link #getConnection()} does
     */
    protected Connection getConnection(BorrowTerms terms) throws SQLException {
        return life.borrow(terms);
    }

    /** As HikariDataSource, of a connection that this has lent. */
    @Override
    public void evictConnection(Connection connection) {
        super.evictConnection(asLentByPool(connection));
    }

    private static Connection asLentByPool(Connection connection) {
        try {
            return connection instanceof ProxyConnection ? connection : connection.unwrap(ProxyConnection.class);
        } catch (SQLException e) {
            return connection; // not one of a pool's: HikariCP passes over it
        }
    }

    /**
     * The handle at run time: breaker, gate, the pool's numbers, metrics. Suspension works without {@code
     * allowPoolSuspension}, and callers wait for its end within their own limits.
     *
     * <p>May be asked for before the start, as {@link #unwrap} may; if a setter is called after that, the pool starts
     * with a new connector, and this must be asked for anew. While Penstock is off it tells the pool's numbers only.
     *
     * @throws InvalidSettingException before the start, if a setting breaks its rule
     * @throws IllegalStateException if this was closed before it was started
     */
    public PenstockControl control() {
        PoolSupply below = life.supply();
        if (below == null && plain == null && getHikariPoolMXBean() == null) {
            below = supplyBeforeStart();
        }
        return below == null ? plain() : below.gate().control();
    }

    private @Nullable PoolSupply supplyBeforeStart() {
        try {
            return life.supplyBeforeStart();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HikariCP holds the lock of this for as long as a plain pool starts: no handle waits for that. */
    private PenstockControl plain() {
        synchronized (life) {
            PenstockControl known = plain;
            if (known == null) {
                String name = getPoolName();
                PenstockConfig effective = PoolPlan.effective(this, penstock);
                known = PenstockControl.ofPlainPool(
                        name == null ? "(not named yet)" : name, effective, new HikariPoolControl(this));
                plain = known;
            }
            return known;
        }
    }

    /** The configuration as the user made it: what is below this pool is for this pool alone. */
    @Override
    public void copyStateTo(HikariConfig other) {
        super.copyStateTo(other);
        PoolPlan.takeAway(other);
    }

    /**
     * As HikariDataSource; {@code unwrap(PenstockConnector.class)} works before the start too. If a setter is
     * called after that, the pool starts with a new connector.
     */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == PenstockControl.class) {
            return type.cast(control());
        }
        if (type != PenstockConnector.class || getHikariPoolMXBean() != null) {
            return super.unwrap(type);
        }
        try {
            PoolSupply below = life.supplyBeforeStart();
            return below == null ? super.unwrap(type) : type.cast(below.connector());
        } catch (InvalidSettingException e) {
            throw new SQLException("There is no connector: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return super.isWrapperFor(type)
                || type == PenstockControl.class
                || (type == PenstockConnector.class
                        && getHikariPoolMXBean() == null
                        && !life.isClosed()
                        && PoolPlan.isFeasible(this, penstock));
    }

    /**
     * Closes the pool: connects that are under way end at once, callers that wait for the start get an
     * exception, connections on loan are aborted as HikariCP does it. Idempotent.
     */
    @Override
    public void close() {
        life.close(super::close);
    }
}
