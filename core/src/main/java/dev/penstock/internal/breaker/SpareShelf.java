package dev.penstock.internal.breaker;

import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.session.OpenedSession;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The connection of a probe that nobody was waiting for, kept a moment for whoever creates next. Thread-safe. */
final class SpareShelf {
    private static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private final Clockwork clockwork;

    private @Nullable Spare spare; // guarded by this
    private @Nullable Future<?> expires; // guarded by this
    private boolean closed; // guarded by this

    private record Spare(ConnectOrder order, Connection connection) {}

    SpareShelf(Clockwork clockwork) {
        this.clockwork = clockwork;
    }

    /** Keeps it in the place of the one before, which is closed if there is one. */
    void keep(ConnectOrder order, Connection connection) {
        Spare next = new Spare(order, connection);
        Spare surplus;
        synchronized (this) {
            surplus = closed ? next : spare;
            if (!closed) {
                forget();
                expires = clockwork.scheduler().schedule(() -> expireOnWorker(next), KEPT_FOR.toNanos());
                spare = next;
            }
        }
        discard(surplus);
    }

    /** One for the same user; null if there is none. */
    synchronized @Nullable Connection take(ConnectOrder order) {
        Spare taken = spare;
        if (taken == null || !taken.order().isForTheUserOf(order)) {
            return null;
        }
        forget();
        return taken.connection();
    }

    /** Keeps nothing from now on. */
    void close() {
        Spare surplus;
        synchronized (this) {
            closed = true;
            surplus = spare;
            forget();
        }
        discard(surplus);
    }

    /** With the lock held. */
    private void forget() {
        spare = null;
        if (expires != null) {
            expires.cancel(false);
            expires = null;
        }
    }

    private void expireOnWorker(Spare old) {
        try {
            clockwork.workers().execute(() -> expire(old));
        } catch (RuntimeException | Error e) { // no thread to be had: later
            Future<?> unused = clockwork.scheduler().schedule(() -> expireOnWorker(old), KEPT_FOR.toNanos());
            throw e;
        }
    }

    private void expire(Spare old) {
        synchronized (this) {
            if (!old.equals(spare)) {
                return;
            }
            forget();
        }
        discard(old);
    }

    private static void discard(@Nullable Spare spare) {
        if (spare != null) {
            OpenedSession.discard(spare.connection());
        }
    }
}
