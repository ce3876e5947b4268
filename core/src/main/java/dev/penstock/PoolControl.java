package dev.penstock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What Penstock needs to know of a pool, and what it may ask it to do. Implemented for HikariCP; for another
 * pool implement what it offers. Thread-safe; every method is quick and blocks on nothing.
 *
 * <p>Numbers are snapshots and may be out of step with each other. A number that the pool does not tell is -1,
 * and nothing is concluded from it.
 */
public interface PoolControl {
    /** Connections that are there, in use or idle. */
    int total();

    /** Connections on loan. */
    int active();

    /** Connections that could be lent out now. */
    int idle();

    /** Callers that wait inside the pool. */
    int waiting();

    /** The most connections that the pool may have. */
    int max();

    /** How long the pool lets a caller wait for a connection, by default. */
    Duration callersLimit();

    /**
     * Lets the pool have so many connections from now on.
     *
     * @throws UnsupportedOperationException by default
     */
    default void resize(int max) {
        throw new UnsupportedOperationException("this pool cannot be resized");
    }

    /**
     * Has the idle connections closed, and those on loan when they come back.
     *
     * @throws UnsupportedOperationException by default
     */
    default void evictAll() {
        throw new UnsupportedOperationException("this pool cannot evict its connections");
    }

    /**
     * Drops one connection that is on loan, so that another can take its place; whoever holds it finds it closed. It is
     * closed underneath already.
     *
     * <p>By default it is given back with {@code close()}: a pool that tests what it is given back drops it then.
     *
     * @param connection as the pool lent it
     */
    default void evict(Connection connection) throws SQLException {
        connection.close();
    }

    /** Of a DataSource of which nothing is known but how long its callers wait. */
    static PoolControl unknown(Duration callersLimit) {
        return new UnknownPool(callersLimit);
    }
}
