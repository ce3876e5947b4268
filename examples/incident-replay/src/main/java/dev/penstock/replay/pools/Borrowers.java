package dev.penstock.replay.pools;

import dev.penstock.PoolUnavailableException;
import dev.penstock.replay.pools.Borrow.Ending;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An application: threads that borrow, ask one question, give back, and come again a little later. Used by one thread.
 */
final class Borrowers implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;
    private static final long LAST_BORROWS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final DataSource pool;
    private final Queue<Borrow> borrows = new ConcurrentLinkedQueue<>();
    private final LongAdder served = new LongAdder();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private volatile @Nullable String told;

    Borrowers(String name, DataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    /** So many more. */
    void start(int count) {
        for (int i = 0; i < count; i++) {
            int number = threads.size() + 1;
            Thread thread = new Thread(() -> work(number), "replay-" + name + "-borrower-" + number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void work(int number) {
        try {
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                borrow(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void borrow(int number) {
        long start = System.nanoTime();
        long got = 0;
        Ending ending = Ending.REFUSED;
        SQLException failure = null;
        try (Connection connection = pool.getConnection()) {
            got = System.nanoTime();
            ending = Ending.BROKEN;
            ask(connection);
            ending = Ending.SERVED;
        } catch (SQLException e) {
            failure = e;
        }
        long end = System.nanoTime();
        if (ending == Ending.SERVED) {
            served.increment();
        }
        borrows.add(new Borrow(number, end, Duration.ofNanos((ending == Ending.REFUSED ? end : got) - start), ending));
        if (failure instanceof PoolUnavailableException) {
            told = failure.getMessage();
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("SELECT 1");
        }
    }

    long served() {
        return served.sum();
    }

    List<Borrow> borrows() {
        return List.copyOf(borrows);
    }

    /** What the latest was told whom Penstock refused. */
    Optional<String> told() {
        return Optional.ofNullable(told);
    }

    /** Ends the threads, as far as they end in time: who waits for a pool without connections may wait for long. */
    @Override
    public void close() {
        stopped.countDown();
        long end = System.nanoTime() + LAST_BORROWS;
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
