package dev.penstock.internal.session;

import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Timers;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a pool does with a connection between receiving it and lending it out: validation,
 * isolation level, connectionInitSql. HikariCP limits that per read only, so a server that dribbles
 * holds its one adder thread for ever.
 *
 * <p>The pool lends itself a network timeout for the set-up and gives it back afterwards (HikariCP
 * {@code PoolBase.setupConnection}); that is the signal. Nothing is armed before the read timeout
 * is set for the first time, so a pool that does not do so, or an application, is never cut. The first
 * time counts even if the value is the connection's own (socketTimeout=5 is HikariCP's default of 5 s too).
 */
public final class SetupWatch implements StampedSocket.Watcher {
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final StampedSocket socket;
    private final Deadline deadline;
    private final Consumer<Duration> onExpiry;
    private final int ownTimeout;

    private @Nullable Future<?> timer; // guarded by this
    private boolean over; // guarded by this
    private Duration limit = Duration.ZERO; // guarded by this

    private SetupWatch(StampedSocket socket, Deadline deadline, Consumer<Duration> onExpiry) throws SocketException {
        this.socket = socket;
        this.deadline = deadline;
        this.onExpiry = onExpiry;
        this.ownTimeout = socket.getSoTimeout();
    }

    /**
     * Watches the set-up that is about to begin; it may last until the connect deadline, and for a
     * second in any case.
     *
     * @param onExpiry called once, on the timer thread, after the socket was closed, with the time that the set-up had
     */
    public static void over(StampedSocket socket, Deadline deadline, Consumer<Duration> onExpiry)
            throws SocketException {
        socket.watch(new SetupWatch(socket, deadline, onExpiry));
    }

    @Override
    public synchronized void readTimeoutChanged(int millis) {
        if (over) {
            return;
        }
        if (timer == null) {
            limit = Duration.ofNanos(Math.max(deadline.remainingNanos(), LEAST.toNanos()));
            timer = Timers.schedule(this::expire, limit.toNanos());
        } else if (millis == ownTimeout) {
            standDown();
        }
    }

    /** The pool gave it up, or is being shut down: there is nothing left to bound. */
    @Override
    public synchronized void closed() {
        if (!over) {
            standDown();
        }
    }

    private void standDown() {
        over = true;
        socket.watch(null);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void expire() {
        Duration had;
        synchronized (this) {
            if (over) {
                return;
            }
            had = limit;
            standDown();
        }
        HandOver.closeQuietly(socket);
        onExpiry.accept(had);
    }
}
