package dev.penstock.lab.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late this JVM wakes up: pauses of the garbage collector, of the scheduler and of the machine.
 *
 * <p>A time-out that came 80 ms late while the monitor saw a stall of 75 ms says nothing about the code under test.
 */
public final class StallMonitor implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final AtomicLong worst = new AtomicLong();
    private final Thread thread;
    private volatile long lastTick = System.nanoTime(); // written only by the watching thread
    private volatile boolean closed;

    private StallMonitor() {
        thread = Daemons.start("stall-monitor", this::watch);
    }

    public static StallMonitor start() {
        return new StallMonitor();
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            worst.accumulateAndGet(now - lastTick - TICK_NANOS, Math::max);
            lastTick = now;
        }
    }

    /**
     * The worst oversleep of a 5 ms tick since the start or the last {@link #reset}; a stall whose end the watching
     * thread has not seen yet counts as well.
     */
    public Duration max() {
        long current = System.nanoTime() - lastTick - TICK_NANOS;
        return Duration.ofNanos(Math.max(worst.get(), current));
    }

    /** Forgets the worst, so that each measurement gets a figure of its own. */
    public void reset() {
        worst.set(0);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
