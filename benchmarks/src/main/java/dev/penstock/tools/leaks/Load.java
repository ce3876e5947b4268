package dev.penstock.tools.leaks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Threads that borrow and give back, and no more, so many times per second in all. */
final class Load implements AutoCloseable {
    /** Whoever is further behind does not try to catch up. */
    private static final long MOST_BEHIND = TimeUnit.MILLISECONDS.toNanos(50);

    private final DataSource dataSource;
    private final long interval;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder borrows = new LongAdder();
    private final long begunAt = System.nanoTime();
    private volatile boolean over;

    Load(DataSource dataSource, int perSecond, int threadCount) {
        this.dataSource = dataSource;
        this.interval = TimeUnit.SECONDS.toNanos(1) * threadCount / perSecond;
        for (int i = 0; i < threadCount; i++) {
            Thread thread = new Thread(this::work, "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void work() {
        long next = System.nanoTime();
        while (!over) {
            borrowAndReturn();
            next += interval;
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (left < -MOST_BEHIND) {
                next -= left;
            }
        }
    }

    private void borrowAndReturn() {
        try {
            dataSource.getConnection().close();
            borrows.increment();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In all, per second, since the beginning. */
    double rate() {
        return borrows.sum() * 1e9 / (System.nanoTime() - begunAt);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
