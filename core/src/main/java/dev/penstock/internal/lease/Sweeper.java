package dev.penstock.internal.lease;

import dev.penstock.internal.events.Guarded;
import dev.penstock.internal.time.DaemonThreads;
import java.lang.ref.WeakReference;
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
    /** From one sweep to the next. */
    static final Duration TICK = Duration.ofMillis(400);

    static final Sweeper OF_THE_JVM = new Sweeper();

    private final List<WeakReference<LeaseDesk>> desks = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private @Nullable Thread thread;

    private Sweeper() {}

    /** Sweeps that desk too, until it is closed or collected; false if there is no thread to be had. */
    synchronized boolean add(LeaseDesk desk) {
        if (thread == null && !start()) {
            return false;
        }
        desks.add(new WeakReference<>(desk));
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
        desks.removeIf(known -> known.refersTo(desk) || known.refersTo(null));
        notifyAll();
    }

    private void run() {
        while (pause()) {
            for (WeakReference<LeaseDesk> known : desks) {
                sweep(known);
            }
        }
    }

    private void sweep(WeakReference<LeaseDesk> known) {
        LeaseDesk desk = known.get();
        if (desk == null) {
            desks.remove(known);
            return;
        }
        try {
            Guarded.run(desk.name(), "a sweep of its leases", desk::sweep);
        } catch (Throwable logIsBroken) {
            // or there is no memory: nobody is left to tell, and the next sweep comes all the same
        }
    }

    /** Whether there is anything left to sweep. */
    @SuppressWarnings("WaitNotInLoop") // a sweep that comes too early does no harm
    private synchronized boolean pause() {
        try {
            if (!desks.isEmpty()) {
                wait(TICK.toMillis());
            }
        } catch (InterruptedException e) {
            // nobody has a reason to; the application's threads are not among those that it concerns
        }
        if (desks.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }
}
