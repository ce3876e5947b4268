package dev.penstock.internal.lease;

import dev.penstock.internal.time.DaemonThreads;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that looks after the leases of all pools of the JVM. Daemon; begins with the first pool that lends, ends
 * with the last. A pool that nobody closed and that was collected is forgotten. Whatever one sweep throws is logged, and
 * the next comes all the same. Thread-safe.
 */
final class Sweeper {
    /** So often a pool is asked whether its time has come. */
    static final Duration TICK = Duration.ofMillis(200);

    static final Sweeper OF_THE_JVM = new Sweeper();

    private final Ticker ticker = Ticker.system();
    private final List<Turn> turns = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private @Nullable Thread thread;

    private Sweeper() {}

    /** Sweeps that desk too, until it is closed or collected; false if there is no thread to be had. */
    synchronized boolean add(LeaseDesk desk) {
        if (thread == null && !start()) {
            return false;
        }
        turns.add(new Turn(desk, ticker.nanos()));
        return true;
    }

    private synchronized boolean start() {
        Thread sweeping = DaemonThreads.named("penstock-sweeper").newThread(this::run);
        try {
            sweeping.start();
        } catch (OutOfMemoryError e) {
            return false; // the application's next borrow from a new connection tries again
        }
        thread = sweeping;
        return true;
    }

    /** Does not any more. */
    synchronized void remove(LeaseDesk desk) {
        turns.removeIf(known -> known.refersTo(desk) || known.refersTo(null));
        notifyAll();
    }

    private void run() {
        while (pause()) {
            try {
                tickAll();
            } catch (Throwable thereIsNoMemory) {
                // each turn minds its own; the next round comes all the same
            }
        }
    }

    private void tickAll() {
        long now = ticker.nanos();
        boolean someAreGone = false;
        for (Turn turn : turns) {
            someAreGone |= !turn.tick(now);
        }
        if (someAreGone) {
            turns.removeIf(turn -> turn.refersTo(null));
        }
    }

    /** Whether there is anything left to sweep. */
    @SuppressWarnings("WaitNotInLoop") // a sweep that comes too early does no harm
    private synchronized boolean pause() {
        try {
            if (!turns.isEmpty()) {
                wait(TICK.toMillis());
            }
        } catch (InterruptedException e) {
            // nobody has a reason to; the application's threads are not among those that it concerns
        }
        if (turns.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }
}
