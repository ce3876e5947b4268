package dev.penstock.replay.pools;

import dev.penstock.SessionTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * An order that changes a row and then calls somebody who does not answer, with its transaction open; and another order
 * that needs the same row.
 */
final class ForgottenTransaction implements AutoCloseable {
    private static final String TABLE = "replay_stock_";

    private final String name;
    private final DataSource pool;
    private final CountDownLatch holds = new CountDownLatch(1);
    private final CountDownLatch callIsOver = new CountDownLatch(1);
    private final CompletableFuture<Optional<String>> told = new CompletableFuture<>();
    private final CompletableFuture<Duration> waited = new CompletableFuture<>();

    ForgottenTransaction(String name, DataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    void begin() throws SQLException, InterruptedException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table " + table() + " as select 1 as item, 10 as pieces");
        }
        daemon("order", this::order);
        holds.await();
        daemon("next-order", this::nextOrder);
    }

    private String table() {
        return TABLE + name.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private void daemon(String what, Runnable work) {
        Thread thread = new Thread(work, "replay-" + name + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void order() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set idle_in_transaction_session_timeout = 0");
            connection.setAutoCommit(false);
            statement.execute("update " + table() + " set pieces = pieces - 1");
            holds.countDown();
            callIsOver.await();
            connection.commit();
            told.complete(Optional.empty());
        } catch (SQLException e) {
            told.complete(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            holds.countDown();
        }
    }

    /** Its own statement limit is shorter than the wait: it tries again. */
    private void nextOrder() {
        long start = System.nanoTime();
        while (callIsOver.getCount() > 0) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update " + table() + " set pieces = pieces - 1");
                waited.complete(Duration.ofNanos(System.nanoTime() - start));
                return;
            } catch (SQLException e) {
                // the row is locked, or there is no connection
            }
        }
    }

    private static Optional<String> reason(SQLException failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SessionTimeoutException) {
                return Optional.ofNullable(next.getMessage());
            }
        }
        return Optional.empty();
    }

    /** How long the next order has waited for the row; empty if it waits still. */
    Optional<Duration> waited() {
        return Optional.ofNullable(waited.getNow(null));
    }

    /** The call is over, and the order goes on: what it is told of its transaction; empty if it could commit. */
    Optional<String> goOn() {
        callIsOver.countDown();
        return told.join();
    }

    @Override
    public void close() {
        callIsOver.countDown();
    }
}
