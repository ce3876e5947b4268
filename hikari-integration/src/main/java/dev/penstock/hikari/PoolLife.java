package dev.penstock.hikari;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.penstock.BorrowTerms;
import dev.penstock.PenstockConfig;
import dev.penstock.PoolGate;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one pool: put over its connector, started at once or by the first borrow, borrowed from, closed. A borrow
 * of a pool that has started goes through the gate, into HikariCP, and comes back as a lease; every other one waits for
 * the start. Thread-safe.
 */
final class PoolLife {
    private static final Logger LOG = LoggerFactory.getLogger(PoolLife.class);

    /** A start ends as soon as the connector is closed; HikariCP may sleep for a second in it. */
    private static final Duration END_OF_START = Duration.ofSeconds(2);

    private final HikariDataSource source;
    private final PoolGate.Pool hikari;
    private final PenstockConfig penstock;
    private final PoolStarter starter = new PoolStarter();
    private final PoolGate.Pool unleased = this::unleased;

    /** Null until the pool has started. */
    private volatile @Nullable HikariPool running;

    /** What is below the pool; null before the first start, and while Penstock is off. */
    private volatile @Nullable PoolSupply supply;

    /** Null until the pool has started, and while Penstock is off. */
    private volatile @Nullable PoolGate gate;

    private volatile boolean off;

    /**
     * Not started yet.
     *
     * @param source its configuration
     * @param hikari as HikariDataSource itself borrows: that starts the pool
     */
    PoolLife(HikariDataSource source, PoolGate.Pool hikari, PenstockConfig penstock) {
        this.source = source;
        this.hikari = hikari;
        this.penstock = penstock;
    }

    /** It was started with the data source; null below it: Penstock is off. */
    void hasStarted(HikariPool pool, @Nullable PoolSupply below) {
        supply = below;
        tellStarted(pool);
        running = pool;
    }

    // ---- borrow ---------------------------------------------------------------------------------

    Connection borrow() throws SQLException {
        PoolGate above = gate;
        return above == null ? borrowFirst(BorrowTerms.usual()) : above.borrow(unleased);
    }

    Connection borrow(BorrowTerms terms) throws SQLException {
        PoolGate above = gate;
        return above == null ? borrowFirst(terms) : above.borrow(unleased, terms);
    }

    /** The pool has not started, or Penstock is off. */
    private Connection borrowFirst(BorrowTerms terms) throws SQLException {
        Connection first = unleased();
        PoolGate above = gate;
        if (above == null) {
            return first;
        }
        try (FirstThenOthers supply = new FirstThenOthers(first)) {
            return above.borrow(supply, terms);
        }
    }

    /** The connection that has started the pool; if that cannot be lent, what the pool has besides. */
    private final class FirstThenOthers implements PoolGate.Pool, AutoCloseable {
        private @Nullable Connection first;

        FirstThenOthers(Connection first) {
            this.first = first;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection once = first;
            first = null;
            return once == null ? unleased() : once;
        }

        /** If nobody has taken it. */
        @Override
        public void close() throws SQLException {
            Connection untaken = first;
            if (untaken != null) {
                untaken.close();
            }
        }
    }

    /** As the pool lends it, through the gate. */
    private Connection unleased() throws SQLException {
        HikariPool pool = running;
        if (pool == null || source.isClosed()) {
            return borrowOnceStarted();
        }
        PoolGate toPass = gate;
        return toPass == null || toPass.isOpen()
                ? pool.getConnection()
                : borrowWithin(pool, Duration.ofMillis(source.getConnectionTimeout()));
    }

    private Connection borrowWithin(HikariPool pool, Duration limit) throws SQLException {
        PoolSupply below = supply;
        return below == null ? pool.getConnection(Math.max(1, limit.toMillis())) : below.borrow(pool, limit);
    }

    // ---- the start ------------------------------------------------------------------------------

    private Connection borrowOnceStarted() throws SQLException {
        if (source.isClosed() || off || source.getHikariPoolMXBean() != null) {
            return hikari.getConnection();
        }
        Deadline limit = Deadline.after(Ticker.system(), Duration.ofMillis(source.getConnectionTimeout()));
        Optional<PoolStart> start;
        try {
            start = starter.join(this::prepare, this::start);
        } catch (PoolStarter.ClosedException e) {
            throw closedException(null);
        }
        if (start.isEmpty()) {
            return hikari.getConnection(); // Penstock is off: HikariCP's own start
        }
        HikariPool pool = await(start.get(), limit);
        Duration left = Duration.ofNanos(Math.max(0, limit.remainingNanos()));
        // nothing left: it is the pool that says so, with what it knows
        return left.isZero() ? pool.getConnection(1) : borrowWithin(pool, left);
    }

    private HikariPool await(PoolStart start, Deadline limit) throws SQLException {
        try {
            return start.await(Duration.ofNanos(Math.max(0, limit.remainingNanos())));
        } catch (TimeoutException e) {
            if (source.getHikariPoolMXBean() instanceof HikariPool started) {
                return started; // and has no connection yet: its own exception says so
            }
            throw StartFailures.timedOut(source.getPoolName(), supply, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(source.getPoolName() + " - Interrupted while the pool was starting", e);
        } catch (SQLException | RuntimeException e) {
            if (starter.isClosed()) {
                throw closedException(e);
            }
            throw e;
        }
    }

    /** Puts the connector below the pool; in the thread of whoever begins a start, or asks for the connector. */
    private boolean prepare() {
        supply = PoolPlan.putBelow(source, penstock, supply);
        off = supply == null;
        return !off;
    }

    /** On the start thread. HikariDataSource starts its pool in getConnection only; the borrow is given back. */
    private HikariPool start() throws SQLException, InterruptedException {
        try {
            admit();
            startByBorrowing();
            HikariPool pool = (HikariPool) source.getHikariPoolMXBean();
            if (starter.isClosed()) {
                if (source.isClosed()) { // else HikariDataSource.close() is still to come and finds the pool
                    pool.shutdown();
                }
                throw closedException(null);
            }
            LOG.info("penstock '{}': pool started", source.getPoolName());
            tellStarted(pool); // first: whoever sees the pool passes its gate
            running = pool;
            return pool;
        } catch (SQLException | InterruptedException | RuntimeException | Error e) {
            abortLatest();
            throw e;
        }
    }

    private void admit() {
        PoolSupply below = supply;
        if (below != null) {
            below.admit(source);
        }
    }

    private void startByBorrowing() throws SQLException {
        try {
            hikari.getConnection().close();
        } catch (SQLException | RuntimeException e) {
            if (source.getHikariPoolMXBean() == null) {
                throw e; // else the pool runs, and has no connection yet
            }
        }
    }

    private void tellStarted(HikariPool pool) {
        PoolSupply below = supply;
        if (below != null) {
            below.started(pool, source);
            gate = below.gate();
        }
    }

    // ---- what is below --------------------------------------------------------------------------

    /** What is below the pool now; null before the first start, and while Penstock is off. */
    @Nullable PoolSupply supply() {
        return supply;
    }

    /**
     * The same, made now if the pool has not started.
     *
     * @throws SQLException if this was closed before it was started
     * @throws dev.penstock.InvalidSettingException if a setting breaks its rule
     */
    @Nullable PoolSupply supplyBeforeStart() throws SQLException {
        try {
            starter.beforeStart(this::prepare);
        } catch (PoolStarter.ClosedException e) {
            throw closedException(null);
        }
        return supply;
    }

    // ---- the end --------------------------------------------------------------------------------

    boolean isClosed() {
        return starter.isClosed();
    }

    /** Ends the connects that are under way, and a start; then the pool is closed in this way. Idempotent. */
    void close(Runnable closePool) {
        Optional<PoolStart> start = starter.close();
        PoolSupply below = supply;
        if (below != null) {
            below.close();
        }
        if (start.isPresent() && !start.get().isOver()) {
            abortLatest();
            start.get().awaitEnd(END_OF_START);
        }
        closePool.run();
        abortLatest();
    }

    private void abortLatest() {
        PoolSupply below = supply;
        if (below != null) {
            below.abortLatest();
        }
    }

    private SQLException closedException(@Nullable Throwable cause) {
        return new SQLException("HikariDataSource " + source + " has been closed.", cause);
    }
}
