package dev.penstock.replay.pools;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** An application: threads that borrow, ask one question, give back, and come again a little later. */
final class Borrowers implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final DataSource pool;
    private final Queue<Borrow> borrows = new ConcurrentLinkedQueue<>();
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>(); // written by the constructor only

    Borrowers(String name, DataSource pool, int count) {
        this.pool = pool;
        for (int i = 1; i <= count; i++) {
            Thread thread = new Thread(this::work, "replay-" + name + "-borrower-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void work() {
        try {
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                borrow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void borrow() {
        long start = System.nanoTime();
        long got = 0;
        boolean answered = false;
        try (Connection connection = pool.getConnection()) {
            got = System.nanoTime();
            answered = ask(connection);
        } catch (SQLException e) {
            // counted below
        }
        long end = System.nanoTime();
        (answered ? served : failed).increment();
        borrows.add(new Borrow(end, Duration.ofNanos((got == 0 ? end : got) - start), answered));
    }

    private static boolean ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        }
    }

    long served() {
        return served.sum();
    }

    long failed() {
        return failed.sum();
    }

    List<Borrow> borrows() {
        return List.copyOf(borrows);
    }

    /** Ends the threads; the pool's limit bounds how long that takes. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
