package dev.penstock.internal.sweep;

import dev.penstock.internal.time.DaemonThreads;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A thread that looks after something of all pools of the JVM. Daemon; begins with the first pool that wants it, ends
 * with the last. A pool that nobody closed and that was collected is forgotten. Whatever one sweep throws is logged,
 * and the next comes all the same. Thread-safe.
 */
public final class Sweeper {
    /** A round that takes so long tells that this JVM stood still in it, unless they all do. */
    private static final long LONG_ROUND = Duration.ofMillis(500).toNanos();

    /** Looks after leases; asks connections of the pools', which may keep it waiting. */
    public static final Sweeper OF_LEASES = new Sweeper("penstock-sweeper");

    /** Looks after limits; asks nobody who could keep it waiting. */
    public static final Sweeper OF_LIMITS = new Sweeper("penstock-watchdog");

    private final String threadName;

    private final Ticker ticker = Ticker.system();
    private final List<Turn> turns = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private @Nullable Thread thread;

    private Duration tick = Duration.ZERO; // guarded by this

    // by the sweeper's thread
    private long latest;
    private boolean heldUp;

    private boolean wasLong;

    private Sweeper(String threadName) {
        this.threadName = threadName;
    }

    /** Sweeps that too, until it is closed or collected; null if there is no thread to be had. */
    public synchronized @Nullable Turn add(Swept swept) {
        if (thread == null && !start()) {
            return null;
        }
        Turn turn = new Turn(swept, ticker.nanos());
        turns.add(turn);
        goByTheShortest();
        return turn;
    }

    private synchronized boolean start() {
        Thread sweeping = DaemonThreads.named(threadName).newThread(this::run);
        try {
            sweeping.start();
        } catch (OutOfMemoryError e) {
            return false; // the application's next borrow from a new connection tries again
        }
        thread = sweeping;
        return true;
    }

    /** Does not any more. */
    public synchronized void remove(Swept swept) {
        turns.removeIf(known -> known.refersTo(swept) || known.refersTo(null));
        goByTheShortest();
        notifyAll();
    }

    private synchronized void goByTheShortest() {
        tick = turns.stream().map(Turn::tick).min(Duration::compareTo).orElse(Duration.ZERO);
    }

    private void run() {
        latest = ticker.nanos();
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
        long late = heldUp ? Long.MAX_VALUE : now - latest;
        turns.forEach(turn -> turn.late(late, now));
        boolean someAreGone = false;
        for (Turn turn : turns) {
            someAreGone |= !turn.tick(now);
        }
        if (someAreGone) {
            turns.removeIf(turn -> turn.refersTo(null));
        }
        latest = ticker.nanos();
        // it may have stood still in the middle; but if all rounds take so long, limits have to hold all the same
        boolean isLong = latest - now > LONG_ROUND;
        heldUp = isLong && !wasLong;
        wasLong = isLong;
    }

    /** Whether there is anything left to sweep. */
    @SuppressWarnings("WaitNotInLoop") // a sweep that comes too early does no harm
    private synchronized boolean pause() {
        try {
            if (!turns.isEmpty()) {
                wait(tick.toMillis());
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
