package dev.penstock.internal.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One look-up under way, with everyone who waits for it.
 *
 * <p>Each waiter has a future of its own: what one does to it (cancel, complete) does not reach the
 * others. A waiter that cancels is forgotten at once, so that a name server which stays mute for hours
 * does not collect the futures of all connects that gave up meanwhile.
 *
 * <p>Thread-safe. No future is completed while the lock is held.
 */
final class Flight {
    private final Object lock = new Object();

    /** Guarded by {@code lock}; empty once landed. */
    private final List<CompletableFuture<List<InetAddress>>> waiters = new ArrayList<>();

    /** Done exactly once, by {@link #land}; never seen by callers. */
    private final CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();

    /** A future for one more waiter; already done if the flight has landed. */
    CompletableFuture<List<InetAddress>> join() {
        var waiter = new CompletableFuture<List<InetAddress>>();
        if (register(waiter)) {
            var unused = waiter.whenComplete((addresses, failure) -> forget(waiter));
        } else {
            copyResultTo(waiter);
        }
        return waiter;
    }

    /** Lands with an answer; runs the waiters' callbacks. */
    void arrive(List<InetAddress> addresses) {
        land(() -> result.complete(addresses));
    }

    /** Lands with whatever went wrong; runs the waiters' callbacks. */
    void fail(Throwable failure) {
        land(() -> result.completeExceptionally(failure));
    }

    int waiting() {
        synchronized (lock) {
            return waiters.size();
        }
    }

    private boolean register(CompletableFuture<List<InetAddress>> waiter) {
        synchronized (lock) {
            return !result.isDone() && waiters.add(waiter);
        }
    }

    private void forget(CompletableFuture<List<InetAddress>> waiter) {
        synchronized (lock) {
            waiters.removeIf(other -> other == waiter);
        }
    }

    private void land(Runnable outcome) {
        List<CompletableFuture<List<InetAddress>>> landed;
        synchronized (lock) {
            outcome.run();
            landed = List.copyOf(waiters);
            waiters.clear();
        }
        landed.forEach(this::copyResultTo);
    }

    private void copyResultTo(CompletableFuture<List<InetAddress>> waiter) {
        var unused = result.whenComplete((addresses, failure) -> {
            if (failure == null) {
                waiter.complete(addresses);
            } else {
                waiter.completeExceptionally(failure);
            }
        });
    }
}
