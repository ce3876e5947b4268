package dev.penstock.tools.leaks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** A thread of an application with one place that forgets to give back, deep in its calls. Used by one thread. */
final class Leaker implements AutoCloseable {
    private static final int DEPTH = 30;

    private final DataSource dataSource;
    private final String name;
    private final ExecutorService thread;
    private final List<Connection> leaked = new ArrayList<>();

    Leaker(DataSource dataSource, String name) {
        this.dataSource = dataSource;
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * A connection that does not come back.
     *
     * @param pid of its server process
     * @param since from when on nothing has happened with it, by {@link System#nanoTime()}
     */
    record Leak(int pid, String thread, long since) {}

    /** The thread has other things to do afterwards. */
    Leak leak() throws SQLException, InterruptedException {
        return call(() -> leaked(deep(DEPTH)));
    }

    /** The same, after a statement. */
    Leak leakAfterStatement() throws SQLException, InterruptedException {
        return call(() -> {
            Connection connection = deep(DEPTH);
            try (Statement statement = connection.createStatement()) {
                boolean unused = statement.execute("select 1");
            }
            return leaked(connection);
        });
    }

    /** The same by a thread that ends. */
    static Leak leakAndDie(DataSource dataSource, String name, List<Connection> held) throws Exception {
        Leak[] leak = new Leak[1];
        Exception[] failure = new Exception[1];
        Thread mortal = new Thread(
                () -> {
                    try {
                        Connection connection = deep(dataSource, DEPTH);
                        held.add(connection);
                        leak[0] = new Leak(WatchedPool.pidOf(connection), name, System.nanoTime());
                    } catch (SQLException | RuntimeException e) {
                        failure[0] = e;
                    }
                },
                name);
        mortal.start();
        mortal.join();
        if (failure[0] != null) {
            throw failure[0];
        }
        return leak[0];
    }

    private <T> T call(Callable<T> task) throws SQLException, InterruptedException {
        Future<T> result = thread.submit(task);
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Leak leaked(Connection connection) throws SQLException {
        leaked.add(connection);
        return new Leak(WatchedPool.pidOf(connection), name, System.nanoTime());
    }

    private Connection deep(int frames) throws SQLException {
        return deep(dataSource, frames);
    }

    private static Connection deep(DataSource dataSource, int frames) throws SQLException {
        return frames == 0 ? leakySite(dataSource) : deep(dataSource, frames - 1);
    }

    private static Connection leakySite(DataSource dataSource) throws SQLException {
        return dataSource.getConnection();
    }

    /** Whether a stack names the place. */
    static boolean isSite(List<StackTraceElement> stack) {
        return !stack.isEmpty()
                && stack.get(0).getMethodName().equals("leakySite")
                && stack.get(0).getClassName().equals(Leaker.class.getName());
    }

    /** All that were leaked come back after all. */
    void giveBack() throws SQLException {
        for (Connection connection : leaked) {
            connection.close();
        }
        leaked.clear();
    }

    @Override
    public void close() throws SQLException {
        giveBack();
        thread.shutdownNow();
    }
}
