package dev.penstock;

import dev.penstock.internal.gate.Gate;
import dev.penstock.internal.time.Deadline;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The gate above a pool: callers pass it before they ask the pool. Made by {@link PenstockConnector#gate}.
 * Thread-safe.
 */
public final class PoolGate {
    private final Gate gate;
    private final PenstockControl control;
    private final Runnable forget;

    /** For whoever closes it, {@code forget} has the connector forget it. */
    PoolGate(Gate gate, PenstockControl control, Runnable forget) {
        this.gate = gate;
        this.control = control;
        this.forget = forget;
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

    /** Nobody passes from now on; each waits within its own limit. Connections on loan stay with their borrowers. */
    public void suspend() {
        gate.suspend();
    }

    /** Undoes {@link #suspend}. */
    public void resume() {
        gate.resume();
    }

    /** Refuses whoever waits here; whoever comes later goes on into the pool, which says itself that it is closed. */
    public void close() {
        gate.close();
        forget.run();
    }

    /** Callers that wait here; a snapshot. */
    public int waiting() {
        return gate.waiting();
    }
}
