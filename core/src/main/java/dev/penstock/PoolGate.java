package dev.penstock;

import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.gate.Gate;
import dev.penstock.internal.jmx.ManagedPool;
import dev.penstock.internal.lease.LeaseDesk;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.wiring.AbovePool;
import dev.penstock.internal.wiring.Parts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands above a pool: the gate, which callers pass before they ask the pool, and the leases of what it lends.
 * Made by {@link PenstockConnector#gate}, or by {@link #above} for a pool without a connector. Thread-safe.
 */
public final class PoolGate {
    private static final Logger LOG = LoggerFactory.getLogger(PoolGate.class);

    private final Gate gate;
    /** Null if nobody watches leases. */
    private final @Nullable LeaseDesk leases;

    private final PenstockControl control;
    private final Runnable forget;
    /** Null if nobody sees it by JMX, or by way of its connector. */
    private final @Nullable ManagedPool managed;

    /**
     * Above a pool that makes its connections without a {@link PenstockConnector}, for which little can be done: leases
     * are watched, by age and by what became of the borrower, and the pool can be suspended. Nothing of {@code
     * penstock.connect.*}, {@code breaker.*}, {@code gate.*}, {@code session.*} and {@code budget.*} is in force; the
     * sessions' sockets are not seen. With {@code jmx.enabled} it is registered with JMX until it is closed.
     *
     * @param name of the pool in events and log lines
     */
    public static PoolGate above(String name, PoolControl pool, PenstockConfig config) {
        Listeners listeners = Parts.listeners(config);
        AbovePool above = AbovePool.alone(name, pool, config, listeners, Ticker.system());
        PenstockControl control = PenstockControl.ofPoolAlone(name, config, listeners, pool, above);
        boolean managed = config.enabled() && Boolean.TRUE.equals(config.jmx().enabled());
        return new PoolGate(above, control, managed ? ManagedPool.register(name, () -> control, LOG::warn) : null);
    }

    PoolGate(AbovePool above, PenstockControl control) {
        this(above, control, null);
    }

    private PoolGate(AbovePool above, PenstockControl control, @Nullable ManagedPool managed) {
        this.managed = managed;
        this.gate = above.gate();
        this.leases = above.leases();
        this.control = control;
        this.forget = above.forget();
    }

    /** The handle of this pool and of the connector below it. */
    public PenstockControl control() {
        return control;
    }

    /** Whether whoever comes now goes straight on; one volatile read. */
    public boolean isOpen() {
        return gate.isOpen();
    }

    /**
     * Goes through, waiting if need be.
     *
     * @param limit how long the caller may wait, here and in the pool together
     * @return what is left of it; zero or more
     * @throws PoolUnavailableException SQLState 08001, if the limit is over or the outage has lasted longer than
     *     {@code gate.failFastAfter}
     * @throws SQLException if the calling thread is interrupted, whose flag stays set
     */
    public Duration pass(Duration limit) throws SQLException {
        try {
            return Duration.ofNanos(Math.max(0, gate.pass(Deadline.nanos(limit))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", "08001", e);
        }
    }

    /** Where connections come from. */
    @FunctionalInterface
    public interface Pool {
        /** As a DataSource has it. */
        Connection getConnection() throws SQLException;
    }

    /**
     * Borrows; the caller gets the handle of a lease. He gets what the pool lends, unwrapped, if nobody looks at
     * leases: while {@code leases.detection} is false and no limit of {@code penstock.session.*} is set, or Penstock is
     * off. A connection that was taken back from its borrower, and that the pool lends all the same, is dropped, and
     * the pool asked again.
     *
     * @throws SQLException what the pool throws
     */
    public Connection borrow(Pool pool) throws SQLException {
        return leases == null ? pool.getConnection() : leases.lend(pool);
    }

    /**
     * As {@link #borrow(Pool)}, on terms of the borrower's own; they count for nothing while Penstock is off.
     */
    public Connection borrow(Pool pool, BorrowTerms terms) throws SQLException {
        return leases == null ? pool.getConnection() : leases.lend(pool, terms);
    }

    /** Nobody passes from now on; each waits within its own limit. Connections on loan stay with their borrowers. */
    public void suspend() {
        gate.suspend();
    }

    /** Undoes {@link #suspend}. */
    public void resume() {
        gate.resume();
    }

    /**
     * Refuses whoever waits here, and watches leases no more; whoever comes later goes on into the pool, which says
     * itself that it is closed.
     */
    public void close() {
        if (managed != null) {
            managed.close();
        }
        gate.close();
        forget.run();
        if (leases != null) {
            leases.close();
        }
    }

    /** Callers that wait here; a snapshot. */
    public int waiting() {
        return gate.waiting();
    }
}
