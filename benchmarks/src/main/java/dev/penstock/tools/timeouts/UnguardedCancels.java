package dev.penstock.tools.timeouts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.core.BaseConnection;

/** Looks every 50 ms what has been running for too long, and has it cancelled: as a watchdog without a guard. */
final class UnguardedCancels implements AutoCloseable {
    private static final long TICK_MILLIS = 50;
    private static final long DUE = Races.LIMIT.toNanos() + Races.GRACE.toNanos() / 4;

    private final List<Racer> racers;
    private final ExecutorService threads;
    private final AtomicLong sent;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(Races::daemon);

    UnguardedCancels(List<Racer> racers, ExecutorService threads, AtomicLong sent) {
        this.racers = racers;
        this.threads = threads;
        this.sent = sent;
    }

    void start() {
        ScheduledFuture<?> unused =
                ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (Racer racer : racers) {
            Connection running = racer.running;
            if (running != null && System.nanoTime() - racer.since > DUE) {
                cancel(running);
            }
        }
    }

    private void cancel(Connection running) {
        try {
            threads.execute(() -> {
                try {
                    sent.incrementAndGet();
                    running.unwrap(BaseConnection.class).cancelQuery();
                } catch (SQLException e) {
                    // it is closed: the races are over
                }
            });
        } catch (RejectedExecutionException e) {
            // likewise
        }
    }

    @Override
    public void close() {
        List<Runnable> unused = ticks.shutdownNow();
    }
}
