package dev.penstock.tools.tune.load;

import com.zaxxer.hikari.pool.HikariPool;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.internal.time.Deadline;
import dev.penstock.tools.tune.load.LoadListener.Phase;
import dev.penstock.tools.tune.search.LoadStoppedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/** A pool all of whose connections are there. */
final class FilledPool implements AutoCloseable {
    private final PenstockHikariDataSource pool;

    private FilledPool(PenstockHikariDataSource pool) {
        this.pool = pool;
    }

    /** Starts it; so far it has one connection. */
    static FilledPool open(SessionPlan sessions, int size, Duration idle) throws SQLException {
        try {
            return new FilledPool(sessions.pool(size, idle));
        } catch (HikariPool.PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? cause
                    : new SQLException(Objects.requireNonNullElse(e.getMessage(), "the pool did not start"), e);
        }
    }

    /** Is told of each session as soon as it is there: whoever has to clean up. */
    @FunctionalInterface
    interface Registry {
        void add(Connection connection) throws SQLException;
    }

    /**
     * Borrows all connections at once, which makes the pool open them, and gives them back.
     *
     * @throws LoadStoppedException if the time is up before
     */
    void fill(Registry registry, Deadline deadline, Stop stop, LoadListener listener)
            throws SQLException, InterruptedException, LoadStoppedException {
        List<Connection> held = new ArrayList<>();
        int size = pool.getMaximumPoolSize();
        try {
            while (held.size() < size) {
                if (stop.isRequested()) {
                    throw new InterruptedException("asked to stop");
                }
                if (deadline.expired()) {
                    throw new LoadStoppedException(
                            "the time was up (--max-time) when " + held.size() + " of " + size
                                    + " connections were open: allow more",
                            null);
                }
                listener.at(size, Phase.FILLING, Duration.ZERO, 0);
                Connection connection = pool.getConnection();
                held.add(connection);
                registry.add(connection);
            }
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }
        SessionPlan.waitsForEver(pool);
    }

    DataSource dataSource() {
        return pool;
    }

    /** How many callers wait for a connection just now. */
    int waiting() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        pool.close();
    }
}
