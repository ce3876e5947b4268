package dev.penstock.internal.lease;

import dev.penstock.BorrowTerms;
import dev.penstock.CallSite;
import dev.penstock.LeaseSettings;
import dev.penstock.LeaseVerdict;
import dev.penstock.PoolGate;
import dev.penstock.TransactionLimit;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.sweep.Sweeper;
import dev.penstock.internal.sweep.Swept;
import dev.penstock.internal.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lends the connections of one pool, and knows which are on loan. A borrow costs a look-up of the session, one
 * handle and one compare-and-set; a return costs one more. Thread-safe.
 */
public final class LeaseDesk implements Swept, AutoCloseable {
    /** So often it is asked whether its time has come. */
    static final Duration TICK = Duration.ofMillis(200);

    /** A pool that lends one dead connection after the other is not asked for ever. */
    private static final int MOST_DEAD_IN_A_ROW = 200;

    /** In nanoseconds: so much later than it happens, at most, is a borrow seen, or the end of a borrower. */
    static final long LONGEST_PAUSE = 3 * TICK.toNanos();

    private final String name;
    private final SessionLookup lookup;
    private final Slots slots;
    private final Surroundings surroundings;
    private final Ticker ticker;
    private final boolean showSql;
    private final Terms usual;
    private final KnownTerms known;
    private final StackSampler sampler;
    private final CallSites sites = new CallSites();
    private final OnLoan onLoan;
    private final Reporter reporter;
    private final Inspector inspector;
    private final LeaseLimits limits;
    private final @Nullable Sweeper sweeper;

    /** Told of each lease before its borrower has it; null: nobody. */
    private final @Nullable Consumer<TransactionLimit> atBorrow;

    private final AtomicBoolean saidNotDropped = new AtomicBoolean();

    /** Guarded by this. */
    private boolean swept;

    private boolean closed; // guarded by this

    /**
     * Nothing is on loan yet.
     *
     * @param surroundings pool, listeners, threads
     */
    public LeaseDesk(String name, LeaseSettings settings, Sessions sessions, Surroundings surroundings, Ticker ticker) {
        this(name, settings, sessions, surroundings, ticker, Sweeper.OF_LEASES);
    }

    /** Swept by this one; null: by whoever calls {@link #sweep}. */
    LeaseDesk(
            String name,
            LeaseSettings settings,
            Sessions sessions,
            Surroundings surroundings,
            Ticker ticker,
            @Nullable Sweeper sweeper) {
        this.name = name;
        this.sweeper = sweeper;
        this.lookup = new SessionLookup(name, sessions);
        this.surroundings = surroundings;
        this.ticker = ticker;
        this.slots = new Slots(this, ticker);
        this.showSql = settings.showSql();
        this.usual = settings.detection() ? Terms.suspectAfter(settings.suspectAfter()) : Terms.withoutDetection();
        this.limits = new LeaseLimits(name, surroundings.limits(), surroundings.watchdog(), ticker);
        this.atBorrow = surroundings.limits().timeouts().isEmpty()
                ? null
                : surroundings.listeners().atBorrow();
        this.known = new KnownTerms(asked -> usual.with(asked.expectedHold(), limits.own(asked.timeouts())));
        this.sampler = new StackSampler(settings.detection() ? settings.stacksPerSecond() : 0, ticker);
        this.onLoan = new OnLoan(name, slots::all, sites, ticker);
        this.reporter = new Reporter(name, surroundings, sites, onLoan);
        this.inspector = new Inspector(sampler, reporter, new Reclaimer(settings, surroundings, reporter));
    }

    @Override
    public String name() {
        return name;
    }

    // ---- borrow and return ----------------------------------------------------------------------

    /** As {@link #lend(PoolGate.Pool, Terms)}, on the usual terms. */
    public Connection lend(PoolGate.Pool pool) throws SQLException {
        return lend(pool, usual);
    }

    /** As {@link #lend(PoolGate.Pool, Terms)}, on what this borrower asks for. */
    public Connection lend(PoolGate.Pool pool, BorrowTerms asked) throws SQLException {
        return lend(pool, known.of(asked));
    }

    /**
     * Borrows from the pool; what the caller gets is the handle of a lease: closing it gives the connection back. A
     * connection that was taken back from its borrower, and that the pool lends all the same, is dropped, and the pool
     * asked again.
     *
     * @throws SQLException what the pool throws
     */
    Connection lend(PoolGate.Pool pool, Terms terms) throws SQLException {
        for (int i = 0; i < MOST_DEAD_IN_A_ROW; i++) {
            Connection inner = pool.getConnection();
            Connection handle = lend(inner, terms);
            if (handle != null) {
                if (atBorrow != null && handle instanceof LeasedConnection lease) {
                    atBorrow.accept(lease);
                }
                return handle;
            }
            evictQuietly(inner);
        }
        throw new SQLTransientConnectionException(
                "pool '" + name + "' has lent " + MOST_DEAD_IN_A_ROW
                        + " connections in a row that are dead or were taken back, and does not drop them",
                "08003");
    }

    private void evictQuietly(Connection dead) {
        try {
            surroundings.pool().evict(dead);
        } catch (SQLException | RuntimeException e) {
            // it is dead, and not lent by us; a pool that cannot drop it lends it again and again
            if (!saidNotDropped.getAndSet(true)) {
                Notices.notDropped(name, e);
            }
        }
    }

    /** Null if the connection was taken back from its borrower: nobody must have it. */
    private @Nullable Connection lend(Connection inner, Terms terms) throws SQLException {
        if (inner instanceof LeasedConnection) {
            return inner; // the pool is one of ours, and has lent it
        }
        try {
            Session session = lookup.of(inner);
            if (session != null && session.companion() instanceof Slot slot && slot.desk == this) {
                LeasedConnection handle = handle(inner, slot, terms);
                if (slot.take(handle)) {
                    return isUsual(slot, session, terms) ? handle : limits.arrange(handle, session);
                }
                if (slot.isGone()) {
                    return null;
                }
            }
            return lendBySlow(inner, session, terms);
        } catch (RuntimeException | Error e) {
            inner.close(); // nobody else knows of it
            throw e;
        }
    }

    /**
     * Whether nothing is arranged, and nobody enforces anything. After the slot is taken: whoever enforces lays a hand
     * on the session first and then looks who has it, so that one of the two sees the other.
     */
    private boolean isUsual(Slot slot, Session session, Terms terms) {
        return terms.own() == null && (!limits.areInUse() || isUntouched(slot, session));
    }

    private boolean isUntouched(Slot slot, Session session) {
        return !slot.hasArrangement() && session.isFree() && !limits.someBorrowersAreExempt();
    }

    private LeasedConnection handle(Connection inner, Slot slot, Terms terms) {
        return showSql
                ? new NotingConnection(inner, slot, terms, sampler.sample())
                : new LeasedConnection(inner, slot, terms, sampler.sample());
    }

    /** A session that is lent for the first time, or whose slot is taken. */
    private @Nullable Connection lendBySlow(Connection inner, @Nullable Session session, Terms terms)
            throws SQLException {
        for (Slot slot = slots.slotFor(session); slot != null; slot = slots.slotFor(session)) {
            LeasedConnection handle = handle(inner, slot, terms);
            if (slot.take(handle)) {
                return session == null ? handle : limits.arrange(handle, session);
            }
        }
        return null;
    }

    /** There is something to sweep. */
    synchronized void beSwept() {
        if (sweeper != null && !swept && !closed) {
            swept = sweeper.add(this) != null;
        }
    }

    // ---- what the session is held to ------------------------------------------------------------

    /** Back to the pool; what the pool throws about a session that a limit has ended is nobody's concern. */
    void giveBack(Connection inner, @Nullable Session session, Slot slot) throws SQLException {
        try {
            inner.close();
        } catch (SQLException | RuntimeException e) {
            if (session == null || session.awaitFree()) {
                throw e;
            }
            slot.sessionEnded();
        }
    }

    /** The same, of one that was held to something else, or on which somebody enforces something. */
    void settleAndGiveBack(LeasedConnection handle, Connection inner, @Nullable Session session) throws SQLException {
        Slot slot = handle.slot();
        if (session == null || limits.settle(slot, session)) {
            giveBack(inner, session, slot);
        } else {
            handle.fence(new Fence(() -> "the connection was given back, and is closed"));
            evictQuietly(inner);
        }
    }

    /** By a borrower: migration tools do that first of all. */
    void metaDataIsAskedFor(LeasedConnection handle) throws SQLException {
        limits.exemptIfMigrating(handle);
    }

    /** Whether this lease ends like any other: nothing was arranged, and nobody enforces anything on it. */
    boolean isUsual(Slot slot, @Nullable Session session) {
        return !limits.areInUse()
                || (!slot.hasArrangement() && (session == null || session.isFree()) && !limits.setsLocal());
    }

    /** By a borrower. */
    void statementIsMade(LeasedConnection handle) throws SQLException {
        if (limits.setsLocal()) {
            limits.beginTransaction(handle);
        }
    }

    /** By whoever manages the transactions of a borrower; false if nobody would enforce it. */
    boolean limitTransaction(LeasedConnection handle, Duration limit) {
        return limits.limitTransaction(handle, limit);
    }

    /** A slot that belongs to no session is free again. */
    void recycle(Slot slot) {
        slots.recycle(slot);
    }

    /** A young lease has ended whose stack was captured. */
    void ended(BorrowStack stack) {
        sites.ended(stack, ticker.nanos() - stack.at());
    }

    /** A lease has ended that the sweeper has seen. */
    void ended(Lease lease) {
        inspector.ended(lease);
        long held = lease.age(ticker.nanos());
        BorrowStack stack = lease.stack();
        if (stack != null) {
            sites.ended(stack, held);
        }
        Suspicion suspicion = lease.acquit();
        if (suspicion != null) {
            reporter.cameBack(lease, suspicion, held, true);
        }
    }

    // ---- the sweeper ----------------------------------------------------------------------------

    @Override
    public String task() {
        return "a sweep of its leases";
    }

    @Override
    public Duration tick() {
        return TICK;
    }

    @Override
    public long longestPause() {
        return LONGEST_PAUSE;
    }

    /** Looks at every lease once. */
    @Override
    public long sweep(long now) {
        sampler.grant(now);
        enterWhatHasEnded();
        reporter.tellWhatNobodyAnswers(now);
        long untilDue = inspector.look(slots.all(), now);
        slots.forgetThoseThatAreOver();
        return Math.min(LONGEST_PAUSE, untilDue);
    }

    private void enterWhatHasEnded() {
        reporter.sampled(sites.enter());
    }

    /** Lends go on, unwatched: for a pool that is being closed. */
    @Override
    public synchronized void close() {
        closed = true;
        if (sweeper != null) {
            sweeper.remove(this);
        }
    }

    // ---- what others see ------------------------------------------------------------------------

    /** What is on loan. */
    public OnLoan onLoan() {
        return onLoan;
    }

    /** As {@link OnLoan#callSites}, with all that has ended until now. */
    public List<CallSite> callSites() {
        enterWhatHasEnded();
        return onLoan.callSites();
    }

    /** Suspicions of this kind so far. */
    public long suspected(LeaseVerdict verdict) {
        return reporter.suspected(verdict);
    }

    /** Suspects of a leak that came back so far. */
    public long falseAlarms() {
        return reporter.falseAlarms();
    }

    /** Connections taken back so far. */
    public long reclaimed() {
        return reporter.reclaimed();
    }

    /** Whether every borrow has its stack captured, whatever that costs: for tests of applications. */
    public void captureAllStacks(boolean on) {
        sampler.captureAll(on);
    }
}
