package dev.penstock.tools.tune.load;

import com.zaxxer.hikari.pool.HikariPool;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.tools.tune.load.LoadListener.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;

/** A pool all of whose connections are there. */
final class FilledPool implements AutoCloseable {
    private final PenstockHikariDataSource pool;

    private final List<Integer> pids;

    private FilledPool(PenstockHikariDataSource pool, List<Integer> pids) {
        this.pool = pool;
        this.pids = pids;
    }

    /**
     * Starts it; so far it has one connection.
     *
     * @param pids those of its sessions are put there, for whoever has to clean up
     */
    static FilledPool open(SessionPlan sessions, int size, Duration idle, List<Integer> pids) throws SQLException {
        try {
            return new FilledPool(sessions.pool(size, idle), pids);
        } catch (HikariPool.PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? cause
                    : new SQLException(Objects.requireNonNullElse(e.getMessage(), "the pool did not start"), e);
        }
    }

    /** Borrows all connections at once, which makes the pool open them, and gives them back. */
    void fill(Stop stop, LoadListener listener) throws SQLException, InterruptedException {
        List<Connection> held = new ArrayList<>();
        int size = pool.getMaximumPoolSize();
        try {
            while (held.size() < size) {
                if (stop.isRequested()) {
                    throw new InterruptedException("asked to stop");
                }
                listener.at(size, Phase.FILLING, Duration.ZERO, 0);
                Connection connection = pool.getConnection();
                held.add(connection);
                pids.add(connection.unwrap(BaseConnection.class).getBackendPID());
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
