package dev.penstock.internal.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a pool lends, once: it counts how it ends. */
class Inner extends ForwardingConnection {
    /** Null: it is not one of pgjdbc's. */
    final @Nullable Physical physical;

    private final Runnable released;

    int closes;
    int evictions;
    boolean closed;
    boolean inTransaction;

    /** Tells when it goes back into the pool. */
    Inner(@Nullable Physical physical, Runnable released) {
        this.physical = physical;
        this.released = released;
    }

    @Override
    Connection delegate() throws SQLException {
        throw new SQLException("there is nothing beneath", "0A000");
    }

    @Override
    public void close() {
        closes++;
        if (!closed) {
            closed = true;
            released.run();
        }
    }

    void evict() {
        evictions++;
        closed = true;
        if (physical != null) {
            physical.closed = true;
        }
        released.run();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Throws what HikariCP throws of a connection that was given back. */
    @Override
    public boolean getAutoCommit() throws SQLException {
        if (closed) {
            throw new SQLException("Connection is closed", "08003");
        }
        return !inTransaction;
    }

    void transactionIs(boolean open) {
        inTransaction = open;
        if (physical != null) {
            physical.inTransaction = open;
        }
    }

    @Override
    public void abort(Executor executor) {
        // what counts is that the pool drops it
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (physical != null && type.isInstance(physical.connection)) {
            return type.cast(physical.connection);
        }
        throw new SQLException("not one of these: " + type, "0A000");
    }
}
