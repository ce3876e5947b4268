package dev.penstock.replay.pools;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * A part of an application whose reports never end: each takes the statement limit away from its session and runs for a
 * minute, on a thread of its own. Used by one thread.
 */
final class RunawayCode implements AutoCloseable {
    private final String name;
    private final DataSource pool;
    private final Queue<Runaways.Report> cut = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> running = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    RunawayCode(String name, DataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    /** One more; whoever finds no connection has none to hold. */
    void report() {
        Thread thread = new Thread(this::run, "replay-" + name + "-report-" + (threads.size() + 1));
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            running.add(connection);
            statement.execute("set statement_timeout = 0");
            long begun = System.nanoTime();
            try {
                statement.execute("select pg_sleep(60)");
            } catch (SQLException e) {
                cut.add(new Runaways.Report(Duration.ofNanos(System.nanoTime() - begun), e.getSQLState()));
            }
        } catch (SQLException e) {
            // it is the pool's callers who count
        }
    }

    /** Reports that found a connection. */
    int begun() {
        return running.size();
    }

    /** Those of them that were cut so far. */
    List<Runaways.Report> cut() {
        return List.copyOf(cut);
    }

    /** Ends those that still run. */
    @Override
    public void close() {
        for (Connection connection : running) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // it was over
            }
        }
    }
}
