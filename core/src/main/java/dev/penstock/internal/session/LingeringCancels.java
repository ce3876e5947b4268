package dev.penstock.internal.session;

import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/**
 * Cancel requests of one connector that the server has not answered and nobody waits for any more. Their sockets stay
 * for a while, because a PgBouncer before 1.19 dies if its client goes while it hands the request on (its issue 801).
 * Thread-safe.
 */
public final class LingeringCancels implements AutoCloseable {
    private static final Duration LINGERS = Duration.ofSeconds(10);

    private final Map<StampedSocket, Future<?>> sockets = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Closes it some time later. */
    void keep(StampedSocket unanswered) {
        sockets.put(unanswered, Timers.schedule(() -> end(unanswered), LINGERS.toNanos()));
        if (closed) {
            close();
        }
    }

    private void end(StampedSocket socket) {
        Future<?> timer = sockets.remove(socket);
        if (timer != null) {
            timer.cancel(false);
        }
        try {
            socket.closeNow();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    /** Closes them all now, and each that comes later at once. */
    @Override
    public void close() {
        closed = true;
        sockets.keySet().forEach(this::end);
    }
}
