package dev.penstock.internal.breaker;

import dev.penstock.WhileOpen;
import dev.penstock.internal.breaker.Permit.Kind;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Leash;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Probes while the breaker is open and somebody wants a connection: one at a time, on a worker, when the
 * breaker says so. A pool's creator thread waits here for the connection of the probe that succeeds. If
 * nobody waits here then, the connection is kept a moment for whoever creates next. Thread-safe.
 */
final class ProbeDesk {
    private static final Duration LEAST_PAUSE = Duration.ofMillis(1);
    private static final Duration NO_THREAD_PAUSE = Duration.ofSeconds(1);

    /** Makes one probe and tells the breaker how it went. */
    @FunctionalInterface
    interface Prober {
        /**
         * Makes it.
         *
         * @param handOver gets the connection before the breaker hears of the success, so that whoever waits for
         *     it has it before others make more
         */
        void probe(ConnectOrder order, Permit permit, Duration limit, Consumer<Connection> handOver);
    }

    private final CreationBreaker breaker;
    private final Clockwork clockwork;
    private final Prober prober;
    private final SpareShelf spares;

    // guarded by this
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Company company;
    private @Nullable Future<?> timer;
    private boolean probing;
    private boolean closed;

    /** Written with the lock held. */
    private volatile boolean asked;

    /** For probes while nobody waits here: whoever came last is most like whoever comes next. */
    private volatile ConnectOrder lastOrder = ConnectOrder.PLAIN;

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

    ProbeDesk(CreationBreaker breaker, Clockwork clockwork, Prober prober) {
        this.breaker = breaker;
        this.clockwork = clockwork;
        this.prober = prober;
        this.spares = new SpareShelf(clockwork);
    }

    // ---- who comes here -------------------------------------------------------------------------

    /**
     * Waits for the connection of the probe that succeeds, or for the breaker to close in another way. There is
     * no place once the desk is closed.
     */
    Answer await(ConnectOrder order) throws InterruptedException {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return Answer.NO_PLACE;
            }
            waiting.add(new Waiting(order, result));
        }
        try {
            breakerChanged(); // it may have closed before we stood here
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | RuntimeException | Error e) {
            leave(order, result);
            throw e;
        }
    }

    /** What an interrupted creator was handed in the same moment is kept for the next one. */
    private void leave(ConnectOrder order, CompletableFuture<Answer> result) {
        synchronized (this) {
            waiting.removeIf(one -> one.result() == result);
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
        return spares.take(order);
    }

    /** Somebody has come for a connection, in whatever state things are. A pool's own order counts most. */
    void remember(ConnectOrder order) {
        if (order.whileOpen() == WhileOpen.WAIT || lastOrder.whileOpen() != WhileOpen.WAIT) {
            lastOrder = order;
        }
    }

    /** Somebody wants a connection, though he does not wait here: a probe is worth its while. */
    void ask() {
        if (!asked) {
            synchronized (this) {
                asked = true;
            }
            schedule();
        }
    }

    /** A pool's creator begins to connect by itself. If that takes long, others are begun beside it. */
    void keepCompany(ConnectOrder order, Leash leash) {
        Duration patience = breaker.patience();
        if (patience != null) {
            synchronized (this) {
                company = new Company(order, leash, patience, clockwork.ticker().nanos());
            }
            schedule();
        }
    }

    /** Its connect is over. */
    synchronized void leaveCompany(Leash leash) {
        if (company != null && company.leash == leash) {
            company = null;
            if (waiting.isEmpty() && !asked) {
                cancel(timer);
            }
        }
    }

    // ---- when ------------------------------------------------------------------------------------

    /** Who waits here goes on once the breaker is closed; while it is open, the next probe is due at another time. */
    void breakerChanged() {
        if (isClosed() || breaker.outage() == null) {
            release();
        }
        schedule();
    }

    /** Nobody waits here any longer, and nothing is probed. */
    void close() {
        synchronized (this) {
            closed = true;
            cancel(timer);
        }
        release();
        spares.close();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Also while a probe is under way: what it brings is kept for whoever creates next. */
    private void release() {
        List<Waiting> released;
        synchronized (this) {
            released = List.copyOf(waiting);
            waiting.clear();
            asked = false;
        }
        released.forEach(one -> one.result().complete(Answer.CHANGED));
    }

    private synchronized void schedule() {
        Long at = closed || probing ? null : nextAt(); // whoever is at it looks again when it has ended
        if (at != null) {
            cancel(timer);
            long delay = at - clockwork.ticker().nanos();
            timer = clockwork.scheduler().schedule(this::start, Math.max(LEAST_PAUSE.toNanos(), delay));
        }
    }

    /** When there is something to do next; null if nobody wants it. With the lock held. */
    private @Nullable Long nextAt() {
        Outage outage = breaker.outage();
        if (outage == null) {
            return company == null ? null : (Long) company.nextAt();
        }
        boolean wanted = !waiting.isEmpty() || asked || company != null;
        return outage.byHand() || !wanted ? null : (Long) outage.nextEventAt();
    }

    private void start() {
        try {
            clockwork.workers().execute(this::run);
        } catch (RuntimeException | Error e) { // no thread to be had: perhaps later
            synchronized (this) {
                timer = clockwork.scheduler().schedule(this::start, NO_THREAD_PAUSE.toNanos());
            }
            throw e;
        }
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    // ---- the probe -------------------------------------------------------------------------------

    private void run() {
        Probe probe = begin();
        try {
            if (probe != null) {
                probe.order().loader().lentTo(() -> make(probe)).run();
            }
        } finally {
            synchronized (this) {
                if (probe != null && probe.beside() != null) {
                    probe.beside().hadOne(clockwork.ticker().nanos());
                }
                probing = false;
            }
            breakerChanged();
        }
    }

    private void make(Probe probe) {
        ConnectOrder order = probe.order();
        prober.probe(order, probe.permit(), probe.limit(), connection -> deliver(order, connection));
    }

    /**
     * What is to be tried.
     *
     * @param beside whose creator's connect it may overtake; null: none's
     */
    private record Probe(
            ConnectOrder order,
            Permit permit,
            Duration limit,
            @Nullable Company beside) {}

    private synchronized @Nullable Probe begin() {
        Probe probe = closed || probing ? null : nextProbe();
        probing |= probe != null;
        return probe;
    }

    /** What is to be tried now; null if nothing is. With the lock held. */
    private @Nullable Probe nextProbe() {
        Permit permit = breaker.admit();
        if (permit.kind() == Kind.PROBE) {
            asked = false;
            Waiting first = waiting.peek();
            return new Probe(first == null ? lastOrder : first.order(), permit, breaker.probeLimit(), company);
        }
        boolean isDue = company != null && clockwork.ticker().nanos() - company.nextAt() >= 0;
        return permit.kind() == Kind.FREE && company != null && isDue
                ? new Probe(company.order, Permit.COMPANY, company.limit(), company)
                : null;
    }

    /** To the first who waits and wants one of the kind. */
    private void deliver(ConnectOrder order, Connection connection) {
        Waiting receiver;
        Leash slower = null;
        synchronized (this) {
            if (company != null && company.order.isForTheUserOf(order)) {
                slower = company.leash;
            }
            receiver = waiting.stream()
                    .filter(one -> one.order().isForTheUserOf(order))
                    .findFirst()
                    .orElse(null);
            waiting.remove(receiver);
        }
        if (receiver == null || !receiver.result().complete(new Answer(connection, false))) {
            spares.keep(order, connection);
        }
        if (slower != null) {
            slower.end("another connect beside it was faster");
        }
    }
}
