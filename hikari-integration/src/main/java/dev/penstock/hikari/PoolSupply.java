package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import dev.penstock.BudgetCheck;
import dev.penstock.BudgetExceededException;
import dev.penstock.BudgetReport;
import dev.penstock.BudgetSettings;
import dev.penstock.Credentials;
import dev.penstock.PenstockConnector;
import dev.penstock.PoolGate;
import dev.penstock.internal.jmx.ManagedPool;
import java.io.PrintWriter;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where a pool draws its physical connections from: the connector, and what it takes to end a pool
 * quickly. The connections are pgjdbc's own. Thread-safe.
 */
final class PoolSupply implements DataSource {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PoolSupply.class);

    /** In seconds: how long HikariCP's shutdown waits for its adder, which may be in a back-off of up to 5 s. */
    private static final int ADDER_PATIENCE = 1;

    /** What {@code maximumPoolSize} is if nobody sets it. */
    private static final int HIKARIS_POOL_SIZE = 10;

    private final PoolPlan plan;
    private final PenstockConnector connector;
    private final UrlCredentials inUrl;
    private final HikariPoolControl control;
    private final Validations validations;
    private final PoolGate gate;

    /** What was handed out last; the pool's one adder sets up one connection at a time. */
    private volatile WeakReference<@Nullable Connection> latest = new WeakReference<>(null);

    private volatile @Nullable SQLException lastFailure;
    private volatile boolean closed;

    /** Null unless the pool has started and is shown to JMX. */
    private volatile @Nullable ManagedPool managed;

    PoolSupply(
            PoolPlan plan,
            PenstockConnector connector,
            UrlCredentials inUrl,
            HikariPoolControl control,
            Validations validations) {
        this.plan = plan;
        this.connector = connector;
        this.inUrl = inUrl;
        this.control = control;
        this.validations = validations;
        this.gate = connector.gate(control);
    }

    /** Whether a connector for this plan would be the same. */
    boolean isOf(PoolPlan other) {
        return plan.equals(other);
    }

    PenstockConnector connector() {
        return connector;
    }

    /**
     * Before the pool above opens anything: with {@code budget.check=fail} it waits for what the server says.
     *
     * @throws BudgetExceededException if the pool must not start
     */
    void admit(HikariConfig config) {
        if (!isChecked(BudgetCheck.FAIL)) {
            return;
        }
        BudgetReport report = connector.checkBudget(maximumPoolSize(config), budgetLimit(config));
        if (report.isOver()) {
            throw new BudgetExceededException(connector.name(), report);
        }
    }

    private boolean isChecked(BudgetCheck how) {
        BudgetSettings budget = connector.config().budget();
        return budget.plan() != null && budget.check() == how;
    }

    /** As HikariCP will have it: this may be before it has put its defaults in. */
    private static int maximumPoolSize(HikariConfig config) {
        int size = config.getMaximumPoolSize();
        return size < 1 ? HIKARIS_POOL_SIZE : size;
    }

    /** No caller waits longer for the check than he would for a connection. */
    private Duration budgetLimit(HikariConfig config) {
        Duration deadline = connector.config().connect().deadline();
        Duration callers = Duration.ofMillis(config.getConnectionTimeout());
        return callers.isZero() || callers.compareTo(deadline) > 0 ? deadline : callers;
    }

    /** The pool above has started. */
    void started(HikariPool pool, HikariConfig config) {
        control.started(pool, config);
        if (isChecked(BudgetCheck.WARN)) {
            connector.checkBudgetLater(maximumPoolSize(config), budgetLimit(config));
        }
        Boolean manage = connector.config().jmx().enabled();
        if (manage == null ? config.isRegisterMbeans() : manage) {
            ManagedPool shown =
                    ManagedPool.register(connector.name(), gate::control, complaint -> LOG.warn("{}", complaint));
            managed = shown;
            if (closed) { // meanwhile
                shown.close();
            }
        }
    }

    /** Through the gate and into the pool, with what the gate has left of the caller's limit. */
    Connection borrow(HikariPool pool, Duration limit) throws SQLException {
        Duration left = gate.pass(limit);
        validations.announce(left);
        try {
            return pool.getConnection(Math.max(1, left.toMillis()));
        } finally {
            validations.forget();
        }
    }

    PoolGate gate() {
        return gate;
    }

    /** Why the latest connect failed; null if it did not, or there was none. */
    @Nullable SQLException lastFailure() {
        return lastFailure;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return supply(new Credentials(null, null));
    }

    /** As pgjdbc has it: what the URL says counts more than what the pool passes beside it. */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return supply(inUrl.beside(user, password));
    }

    private Connection supply(Credentials given) throws SQLException {
        try {
            Connection connection = connector.getConnection(given.user(), given.password());
            latest = new WeakReference<>(connection);
            lastFailure = null;
            if (closed) {
                abortLatest();
            }
            return connection;
        } catch (SQLException e) {
            lastFailure = e;
            if (closed || Thread.currentThread().isInterrupted()) {
                return RefusedConnection.because(e);
            }
            throw e;
        }
    }

    /** Ends the connects that are under way. Nothing is supplied from now on. Idempotent. */
    void close() {
        closed = true;
        ManagedPool shown = managed;
        if (shown != null) {
            shown.close();
        }
        gate.close();
        connector.close();
    }

    /**
     * Ends the set-up of a connection that the pool has not taken in yet, and keeps one that it never will
     * take in from staying open.
     */
    void abortLatest() {
        Connection connection = latest.get();
        try {
            if (connection != null && !connection.isClosed()) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            // it is going away anyhow
        }
    }

    @Override
    public int getLoginTimeout() {
        return closed ? ADDER_PATIENCE : connector.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        connector.setLoginTimeout(seconds);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return connector.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        connector.setLogWriter(out);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return connector.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return connector.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return connector.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return connector.toString();
    }
}
