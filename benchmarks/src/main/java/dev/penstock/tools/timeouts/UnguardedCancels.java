package dev.penstock.tools.timeouts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.core.BaseConnection;

/** Looks every 50 ms what has been running for too long, and has it cancelled: as a watchdog without a guard. */
final class UnguardedCancels extends Thread {
    private static final long TICK = 50_000_000;
    private static final long DUE = Races.LIMIT.toNanos() + Races.GRACE.toNanos() / 4;

    private final List<Racer> racers;
    private final ExecutorService threads;
    private final AtomicLong sent;
    private volatile boolean over;

    UnguardedCancels(List<Racer> racers, ExecutorService threads, AtomicLong sent) {
        super("unguarded-cancels");
        setDaemon(true);
        this.racers = racers;
        this.threads = threads;
        this.sent = sent;
    }

    @Override
    public void run() {
        while (!over) {
            LockSupport.parkNanos(TICK);
            for (Racer racer : racers) {
                Connection running = racer.running;
                if (running != null && System.nanoTime() - racer.since > DUE) {
                    cancel(running);
                }
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

    void end() {
        over = true;
        LockSupport.unpark(this);
    }
}
