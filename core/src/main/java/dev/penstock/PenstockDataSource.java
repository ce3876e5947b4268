package dev.penstock;

import dev.penstock.internal.lease.View;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool with Penstock's gate in front: callers do not wait inside an empty pool while no connection can be made,
 * and are refused once that has lasted longer than {@code gate.failFastAfter}. The pool draws its physical
 * connections from a {@link PenstockConnector}; it may be any pool.
 *
 * <pre>{@code
 * var connector = PenstockConnector.builder(url).build();
 * var pool = new SomePool(connector);
 * DataSource dataSource = PenstockDataSource.guard(pool, PoolControl.unknown(Duration.ofSeconds(30)), connector);
 * }</pre>
 *
 * <p>What a caller waits in the gate and what it then waits in the pool add up to twice its limit at most: only a
 * pool that takes a limit per call, as HikariCP's does inside PenstockHikariDataSource, can be told what is left.
 * Thread-safe.
 */
public final class PenstockDataSource implements DataSource {
    private final DataSource pool;
    private final PoolControl control;
    private final PoolGate gate;
    private final PenstockConfig config;

    private PenstockDataSource(DataSource pool, PoolControl control, PoolGate gate, PenstockConfig config) {
        this.config = config;
        this.pool = pool;
        this.control = control;
        this.gate = gate;
    }

    /**
     * Puts the gate in front of a pool that draws from this connector. A budget plan in its configuration is not
     * checked by itself, nor are connections named by it, see {@link BudgetSettings}.
     */
    public static PenstockDataSource guard(DataSource pool, PoolControl control, PenstockConnector connector) {
        return new PenstockDataSource(pool, control, connector.gate(control), connector.config());
    }

    /**
     * Puts what there is for a pool that makes its connections without a connector in front of it, see {@link
     * PoolGate#above}: leases are watched, nothing else of the configuration is in force, nor are limits of
     * {@link #withTimeouts}. Close the {@link #gate} with the pool.
     *
     * @param name of the pool in events and log lines
     */
    public static PenstockDataSource guard(DataSource pool, PoolControl control, String name, PenstockConfig config) {
        return new PenstockDataSource(pool, control, PoolGate.above(name, control, config), config);
    }

    /**
     * A connection of the pool.
     *
     * @throws PoolUnavailableException SQLState 08001, if the pool is empty and none can be made
     * @throws SQLException whatever the pool throws
     */
    @Override
    public Connection getConnection() throws SQLException {
        pass();
        return gate.borrow(pool::getConnection);
    }

    /** As {@link #getConnection()}; what the pool makes of the credentials is its own affair. */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        pass();
        return gate.borrow(() -> pool.getConnection(user, password));
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
        return new View(this, terms, config, this::getConnection);
    }

    private Connection getConnection(BorrowTerms terms) throws SQLException {
        pass();
        return gate.borrow(pool::getConnection, terms);
    }

    private void pass() throws SQLException {
        if (!gate.isOpen()) {
            Duration unused = gate.pass(control.callersLimit());
        }
    }

    /** The gate, to suspend the pool for example. */
    public PoolGate gate() {
        return gate;
    }

    /** The handle of this pool at run time: breaker, gate, numbers. */
    public PenstockControl control() {
        return gate.control();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type == PenstockControl.class) {
            return type.cast(control());
        }
        return type.isInstance(pool) ? type.cast(pool) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this)
                || type == PenstockControl.class
                || type.isInstance(pool)
                || pool.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return "guarded " + pool;
    }
}
