package dev.penstock.internal.watchdog;

import dev.penstock.internal.events.Guarded;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends cancel requests, to each server so many at a time: each occupies a thread for a second if the server does not
 * answer, and costs it a process if it does. Whoever waits for one server waits for no other. Thread-safe.
 */
final class Cancels {
    static final int AT_ONCE = 16;

    private final Executor workers;

    /** Servers to which some are being sent. Guarded by this. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Guarded by the lock of the whole. */
    private static final class Lane {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int underWay;
    }

    /** Each on a thread of its own. */
    Cancels(Executor workers) {
        this.workers = workers;
    }

    /** Has one sent to that server as soon as may be; one that comes too late has to see that by itself. */
    void send(String server, Runnable request) {
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(server, name -> new Lane());
            if (lane.underWay == AT_ONCE) {
                lane.waiting.add(request);
                return;
            }
            lane.underWay++;
        }
        start(server, request);
    }

    private void start(String server, Runnable first) {
        try {
            workers.execute(() -> sendAll(server, first));
        } catch (RuntimeException | Error e) {
            thereIsNoThread(server); // the socket will be closed all the same
        }
    }

    private void sendAll(String server, Runnable first) {
        Runnable request = first;
        while (request != null) {
            Guarded.run(server, "a cancel request", request);
            request = next(server);
        }
    }

    /** Whoever waits goes on to wait for those that have one; if nobody has, for nothing. */
    private synchronized void thereIsNoThread(String server) {
        Lane lane = lanes.get(server);
        if (lane != null && --lane.underWay == 0) {
            lanes.remove(server);
        }
    }

    /** The next that waits for the thread that has become free; null if none does. */
    private synchronized @Nullable Runnable next(String server) {
        Lane lane = lanes.get(server);
        if (lane == null) {
            return null;
        }
        Runnable waiting = lane.waiting.poll();
        if (waiting == null && --lane.underWay == 0) {
            lanes.remove(server);
        }
        return waiting;
    }
}
