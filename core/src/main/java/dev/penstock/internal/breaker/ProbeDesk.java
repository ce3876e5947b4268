package dev.penstock.internal.breaker;

import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Workers;
import dev.penstock.internal.session.OpenedSession;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.time.Timers;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Probes while the breaker is open and somebody wants a connection: one at a time, on a worker, when the
 * breaker says so. A pool's creator thread waits here for the connection of the probe that succeeds. If
 * nobody waits here then, the connection is kept a moment for whoever creates next. Thread-safe.
 */
final class ProbeDesk {
    private static final Duration SPARE_FOR = Duration.ofSeconds(2);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(1);
    private static final Duration NO_THREAD_PAUSE = Duration.ofSeconds(1);

    /** Makes one probe; null if the breaker does not permit it now, or it failed. */
    @FunctionalInterface
    interface Probe {
        @Nullable Connection make(ConnectOrder order);
    }

    private final CreationBreaker breaker;
    private final Ticker ticker;
    private final Probe probe;

    // guarded by this
    private @Nullable Waiting waiting;
    private @Nullable Spare spare;
    private @Nullable Future<?> spareExpires;
    private @Nullable Future<?> timer;
    private boolean asked;
    private boolean probing;
    private boolean closed;

    /** For probes while nobody waits here: whoever came last is most like whoever comes next. */
    private volatile ConnectOrder lastOrder = new ConnectOrder(null, false, false);

    /**
     * What somebody is told who would wait here.
     *
     * @param connection the connection of a probe
     * @param mayLookAgain without a connection: whether things have changed, or there is no place to wait
     */
    record Answer(@Nullable Connection connection, boolean mayLookAgain) {
        private static final Answer CHANGED = new Answer(null, true);
        private static final Answer NO_PLACE = new Answer(null, false);
    }

    private record Waiting(ConnectOrder order, CompletableFuture<Answer> result) {}

    private record Spare(ConnectOrder order, Connection connection) {}

    ProbeDesk(CreationBreaker breaker, Ticker ticker, Probe probe) {
        this.breaker = breaker;
        this.ticker = ticker;
        this.probe = probe;
    }

    /**
     * Waits for the connection of the probe that succeeds, or for the breaker to close in another way. There is
     * one place only, and none once the desk is closed.
     */
    Answer await(ConnectOrder order) throws InterruptedException {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        synchronized (this) {
            if (closed || waiting != null) {
                return Answer.NO_PLACE;
            }
            waiting = new Waiting(order, result);
        }
        try {
            breakerChanged(); // it may have closed before we stood here
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            leave(order, result);
            throw e;
        }
    }

    /** An interrupted creator: what it was handed in the same moment is kept for the next one. */
    private void leave(ConnectOrder order, CompletableFuture<Answer> result) {
        synchronized (this) {
            if (waiting != null && waiting.result() == result) {
                waiting = null;
            }
        }
        if (!result.cancel(false)) {
            Connection connection = result.join().connection();
            if (connection != null) {
                deliver(order, connection);
            }
        }
    }

    /** A connection that a probe has made for the same user and nobody has taken yet; null if there is none. */
    @Nullable Connection takeSpare(ConnectOrder order) {
        Spare taken;
        synchronized (this) {
            taken = spare;
            if (taken == null || !Objects.equals(taken.order().given(), order.given())) {
                return null;
            }
            set(null);
        }
        return taken.connection();
    }

    /** Somebody has come for a connection, in whatever state things are. */
    void remember(ConnectOrder order) {
        lastOrder = order;
    }

    /** Somebody wants a connection, though he does not wait here: a probe is worth its while. */
    void ask() {
        synchronized (this) {
            if (asked) {
                return;
            }
            asked = true;
        }
        schedule();
    }

    /** Who waits here goes on once the breaker is closed; while it is open, the next probe is due at another time. */
    void breakerChanged() {
        if (isClosed() || breaker.outage() == null) {
            release();
        } else {
            schedule();
        }
    }

    /** Nobody waits here any longer, and nothing is probed. */
    void close() {
        synchronized (this) {
            closed = true;
            if (timer != null) {
                timer.cancel(false);
            }
        }
        release();
        keep(null);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Also while a probe is under way: what it brings is kept for whoever creates next. */
    private void release() {
        Waiting released;
        synchronized (this) {
            released = waiting;
            waiting = null;
        }
        if (released != null) {
            released.result().complete(Answer.CHANGED);
        }
    }

    private synchronized void schedule() {
        Outage outage = breaker.outage();
        boolean wanted = waiting != null || asked;
        if (outage == null || outage.byHand() || !wanted || closed || probing || breaker.isProbing()) {
            return; // whoever is at it says how it ended
        }
        if (timer != null) {
            timer.cancel(false);
        }
        long delay = Math.max(LEAST_PAUSE.toNanos(), outage.nextProbeAt() - ticker.nanos());
        timer = Timers.schedule(this::start, delay);
    }

    private void start() {
        try {
            Workers.run(this::run);
        } catch (RuntimeException | Error e) { // no thread to be had: perhaps later
            Future<?> unused = Timers.schedule(this::start, NO_THREAD_PAUSE.toNanos());
            throw e;
        }
    }

    private void run() {
        ConnectOrder order;
        synchronized (this) {
            if (closed || probing) {
                return;
            }
            probing = true;
            asked = false;
            order = waiting == null ? lastOrder : waiting.order();
        }
        Connection connection = null;
        try {
            connection = probe.make(order);
        } finally {
            synchronized (this) {
                probing = false;
            }
            if (connection != null) {
                deliver(order, connection);
            }
            breakerChanged();
        }
    }

    private void deliver(ConnectOrder order, Connection connection) {
        Waiting receiver;
        synchronized (this) {
            receiver = waiting;
            waiting = null;
        }
        if (receiver == null || !receiver.result().complete(new Answer(connection, false))) {
            keep(new Spare(order, connection));
        }
    }

    /** In the place of the one before, if there is one; null: none is kept any longer. */
    private void keep(@Nullable Spare next) {
        Spare surplus;
        synchronized (this) {
            surplus = closed && next != null ? next : spare;
            set(closed ? null : next);
        }
        if (surplus != null) {
            OpenedSession.discard(surplus.connection());
        }
    }

    /** With the lock held. */
    private void set(@Nullable Spare next) {
        spare = next;
        if (spareExpires != null) {
            spareExpires.cancel(false);
        }
        spareExpires =
                next == null ? null : Timers.schedule(() -> Workers.run(() -> expire(next)), SPARE_FOR.toNanos());
    }

    private void expire(Spare old) {
        synchronized (this) {
            if (!old.equals(spare)) {
                return;
            }
            set(null);
        }
        OpenedSession.discard(old.connection());
    }
}
