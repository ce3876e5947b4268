package dev.penstock.replay.pools;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * A part of an application that forgets to close: each page of an export runs on a thread of its own, which ends while
 * its connection is on loan. Used by one thread.
 */
final class LeakyCode implements AutoCloseable {
    private final String name;
    private final DataSource pool;

    /** Held, as a list of results would: nothing here is left to the garbage collector. */
    private final Queue<Connection> leaked = new ConcurrentLinkedQueue<>();

    private final List<Thread> threads = new ArrayList<>();

    LeakyCode(String name, DataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    /** One more page; whoever finds no connection has nothing to leak. */
    void exportOnePage() {
        int page = threads.size() + 1;
        Thread thread = new Thread(() -> export(page), "replay-" + name + "-export-page-" + page);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void export(int page) {
        try {
            leaked.add(connectionFor(page));
        } catch (SQLException e) {
            // it is the pool's callers who count
        }
    }

    private Connection connectionFor(int page) throws SQLException {
        Connection connection = pool.getConnection();
        connection.setClientInfo("ApplicationName", "export page " + page);
        return connection;
    }

    /** Whether it is the place that a stack names, and if so, which. */
    static Optional<String> placeIn(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> frame.getClassName().equals(LeakyCode.class.getName()))
                .findFirst()
                .map(frame -> "LeakyCode." + frame.getMethodName());
    }

    int leaked() {
        return leaked.size();
    }

    /** Ends the threads; what they have leaked is the pool's. */
    @Override
    public void close() {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
