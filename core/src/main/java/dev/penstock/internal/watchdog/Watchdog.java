package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeoutException;
import dev.penstock.SessionTimeoutException.Origin;
import dev.penstock.internal.events.Announcer;
import dev.penstock.internal.events.Guarded;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.CancelOutcome;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.sweep.Sweeper;
import dev.penstock.internal.sweep.Swept;
import dev.penstock.internal.sweep.Turn;
import dev.penstock.internal.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Holds the sessions of one connector to their limits, whether they are on loan or not, and whatever the server does or
 * does not do about them. Each is looked at when the earliest of its limits can have been exceeded. Thread-safe; looks
 * are the sweeper's.
 */
public final class Watchdog implements Swept, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final long SHORTEST_STANDSTILL = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_STANDSTILL = Duration.ofMillis(500).toNanos();
    private static final long AFTER_A_FAILURE = Duration.ofSeconds(1).toNanos();
    /** So long a session that is over is kept, at most. */
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

    final Limits usual;
    final Grace grace;
    final Cancels cancels;

    private final Canceller canceller;
    private final String name;
    private final Listeners listeners;
    private final Announcer announcer;
    private final Ticker ticker;
    private final @Nullable Sweeper sweeper;

    /** Sessions that are to be looked at now: new ones, and those whose limits have changed. */
    private final Queue<Session> hurried = new ConcurrentLinkedQueue<>();

    private final Map<Enforcement, Map<SessionLimit, LongAdder>> enforced = new ConcurrentHashMap<>();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Null until there is something to watch, and where nobody sweeps. Written with the lock of this held. */
    private volatile @Nullable Turn turn;

    /** Written with the lock of this held. */
    private volatile boolean closed;

    // by the sweeper's thread
    private final List<Due> watched = new ArrayList<>();
    private final IdentityHashMap<Session, Due> bySession = new IdentityHashMap<>();
    private long freshGraceUntil;
    private boolean begun;

    /** Asks the server to cancel what a session runs; blocks until it is known what became of that. */
    @FunctionalInterface
    interface Canceller {
        /** What became of it. */
        CancelOutcome cancel(Session session) throws SQLException;
    }

    /** A session, and when to look at it. */
    private static final class Due {
        final Watch watch;
        long at;

        Due(Watch watch) {
            this.watch = watch;
        }
    }

    /**
     * Watches nothing yet.
     *
     * @param name of the connector or pool
     * @param workers run what may block, each task on a thread of its own
     */
    public Watchdog(String name, SessionSettings settings, Listeners listeners, Executor workers, Ticker ticker) {
        this(name, settings, listeners, workers, Session::cancelAndWatch, ticker, Sweeper.OF_LIMITS);
    }

    /** Swept by this one; null: by whoever calls {@link #sweep}. */
    Watchdog(
            String name,
            SessionSettings settings,
            Listeners listeners,
            Executor workers,
            Canceller canceller,
            Ticker ticker,
            @Nullable Sweeper sweeper) {
        this.name = name;
        this.usual = Limits.of(settings.timeouts());
        this.grace = Grace.of(settings.grace());
        this.cancels = new Cancels(workers);
        this.canceller = canceller;
        this.listeners = listeners;
        this.announcer = new Announcer(workers);
        this.ticker = ticker;
        this.sweeper = sweeper;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String task() {
        return "a look at the limits of its sessions";
    }

    @Override
    public Duration tick() {
        return TICK;
    }

    @Override
    public long longestPause() {
        return LONGEST_PAUSE;
    }

    /** Whether sessions are held to limits that nobody has asked for in particular. */
    public boolean hasLimits() {
        return !usual.isNone();
    }

    /** A session was opened: it is held to the usual limits from now on. */
    public void opened(Session session) {
        if (hasLimits()) {
            hurry(session);
        }
    }

    /** What it is held to has changed. */
    public void hurry(Session session) {
        if (session.isVisible() && !closed) {
            Turn mine = turn == null ? beSwept() : turn;
            if (mine != null || sweeper == null) { // else there is no thread for it, and nobody to take them
                hurried.add(session);
            }
            if (mine != null) {
                mine.hurry();
            }
        }
    }

    private synchronized @Nullable Turn beSwept() {
        if (sweeper != null && turn == null && !closed) {
            turn = sweeper.add(this);
        }
        return turn;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (sweeper != null) {
            sweeper.remove(this);
        }
    }

    // ---- the sweeper ----------------------------------------------------------------------------

    /** Half the grace; but a machine that is merely busy must not put everything off for ever. */
    @Override
    public Duration standstill() {
        return Duration.ofNanos(Math.max(SHORTEST_STANDSTILL, Math.min(grace.whole() / 2, LONGEST_STANDSTILL)));
    }

    @Override
    public void stoodStill(long now) {
        freshGraceUntil = now + grace.whole();
    }

    /** When that is due, ticker time: not before this JVM has had its grace. */
    long latest(long dueAt) {
        return freshGraceUntil - dueAt > 0 ? freshGraceUntil : dueAt;
    }

    @Override
    public long sweep(long now) {
        if (!begun) {
            begun = true;
            freshGraceUntil = now;
        }
        takeInTheHurried(now);
        long next = now + LONGEST_PAUSE;
        for (int i = watched.size() - 1; i >= 0; i--) {
            Due due = watched.get(i);
            if (now - due.at >= 0 && !look(due, now)) {
                forget(i);
            } else if (due.at - next < 0) {
                next = due.at;
            }
        }
        return Math.max(0, next - now);
    }

    private void takeInTheHurried(long now) {
        for (Session next = hurried.poll(); next != null; next = hurried.poll()) {
            Due due = bySession.computeIfAbsent(next, this::watch);
            due.at = now;
        }
    }

    private Due watch(Session session) {
        Due due = new Due(new Watch(new Subject(session, usual), this));
        watched.add(due);
        return due;
    }

    /** What goes wrong with one must not keep the others from being looked at. False if it is over. */
    private boolean look(Due due, long now) {
        due.at = now + AFTER_A_FAILURE;
        boolean[] goesOn = {true};
        Guarded.run(
                name, "a look at the limits of backend " + due.watch.session().backendPid(), () -> {
                    Long next = due.watch.look(now);
                    goesOn[0] = next != null;
                    due.at = next == null ? now : soonest(next, now + LONGEST_PAUSE);
                });
        return goesOn[0];
    }

    /** Of two ticker times. */
    static long soonest(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** The order does not matter. */
    private void forget(int i) {
        bySession.remove(watched.get(i).watch.session());
        Due last = watched.remove(watched.size() - 1);
        if (i < watched.size()) {
            watched.set(i, last);
        }
    }

    // ---- what is done ---------------------------------------------------------------------------

    long now() {
        return ticker.nanos();
    }

    /** Closes the socket of a session whose exchange is held; true if that ended it. */
    boolean end(Session session, long exchange, Overrun overrun, @Nullable OpenLease lease) {
        boolean ended = session.end(
                exchange,
                () -> new SessionTimeoutException(
                        overrun.limit(),
                        Duration.ofNanos(overrun.value()),
                        Duration.ofNanos(overrun.took()),
                        session.backendPid(),
                        session.address(),
                        origin(session, overrun)));
        if (ended) {
            if (session.companion() instanceof Occupant occupant) {
                occupant.sessionEnded();
            }
            enforced(session, overrun, Enforcement.ABORTED, lease);
        }
        return ended;
    }

    /** Counts it, and has it told. */
    void enforced(Session session, Overrun overrun, Enforcement by, @Nullable OpenLease lease) {
        counter(by, overrun.limit()).increment();
        TimeoutEnforced event = new TimeoutEnforced(
                name,
                overrun.limit(),
                Duration.ofNanos(overrun.value()),
                Duration.ofNanos(overrun.took()),
                by,
                session.backendPid(),
                session.address(),
                lease,
                isOfLease(overrun));
        announcer.add(() -> listeners.tell(l -> l.timeoutEnforced(event)));
        announcer.flush();
    }

    private Origin origin(Session session, Overrun overrun) {
        if (!isOfLease(overrun)) {
            return Origin.POOL;
        }
        boolean announced = overrun.limit() == SessionLimit.TRANSACTION
                && session.companion() instanceof Occupant occupant
                && occupant.transactionTimeout() == overrun.value();
        return announced ? Origin.TRANSACTION : Origin.LEASE;
    }

    private boolean isOfLease(Overrun overrun) {
        return overrun.value() != Clocks.value(usual, overrun.limit());
    }

    CancelOutcome cancel(Session session) throws SQLException {
        return canceller.cancel(session);
    }

    void sent(CancelOutcome outcome) {
        (outcome == CancelOutcome.DELIVERED ? delivered : failed).increment();
    }

    // ---- what others see ------------------------------------------------------------------------

    private LongAdder counter(Enforcement by, SessionLimit limit) {
        return enforced.computeIfAbsent(by, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(limit, unused -> new LongAdder());
    }

    /** How often it was enforced in that way so far. */
    public long enforced(Enforcement by, SessionLimit limit) {
        return counter(by, limit).sum();
    }

    /** Cancel requests so far that have reached the server. */
    public long cancelsDelivered() {
        return delivered.sum();
    }

    /** Those that have not, or of which it is not known. */
    public long cancelsFailed() {
        return failed.sum();
    }
}
