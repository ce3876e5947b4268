package dev.penstock.internal.lease;

import dev.penstock.CallSite;
import dev.penstock.LeaseSettings;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.time.Ticker;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lends the connections of one pool, and knows which are on loan. A borrow costs a look-up of the session, its slot, one
 * handle of 32 bytes and one reading of the clock; a return costs one compare-and-set. Thread-safe.
 */
public final class LeaseDesk implements AutoCloseable {
    private final String name;
    private final Sessions sessions;
    private final Ticker ticker;
    private final boolean showSql;
    private final Terms usual;
    private final StackSampler sampler;
    private final CallSites sites = new CallSites();
    private final Reporter reporter;
    private final Inspector inspector;
    private final ReferenceQueue<LeasedConnection> collected = new ReferenceQueue<>();
    private final @Nullable Sweeper sweeper;

    private final AtomicBoolean saidForeign = new AtomicBoolean();
    private final AtomicInteger numbers = new AtomicInteger();
    /** Slots that belong to no session, for the next borrower. */
    private final Queue<Slot> spares = new ConcurrentLinkedQueue<>();

    /** Copied on write. Guarded by this for writing. */
    private volatile Slot[] slots = {};

    /** Guarded by this. */
    private boolean swept;

    private boolean closed; // guarded by this

    /**
     * Nothing is on loan yet.
     *
     * @param surroundings pool, listeners, threads
     */
    public LeaseDesk(String name, LeaseSettings settings, Sessions sessions, Surroundings surroundings, Ticker ticker) {
        this(name, settings, sessions, surroundings, ticker, Sweeper.OF_THE_JVM);
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
        this.sessions = sessions;
        this.ticker = ticker;
        this.showSql = settings.showSql();
        this.usual = Terms.suspectAfter(settings.suspectAfter());
        this.sampler = new StackSampler(settings.stacksPerSecond(), ticker);
        this.reporter = new Reporter(name, surroundings, sites);
        this.inspector = new Inspector(sampler, reporter, new Reclaimer(settings, surroundings, reporter));
    }

    String name() {
        return name;
    }

    /** Where handles turn up that were collected without having been closed. */
    ReferenceQueue<LeasedConnection> collected() {
        return collected;
    }

    // ---- borrow and return ----------------------------------------------------------------------

    /** As {@link #lend(Connection, Terms)}, on the usual terms. */
    public Connection lend(Connection inner) throws SQLException {
        return lend(inner, usual);
    }

    /**
     * The handle of a connection that the pool has just lent; closing it gives the connection back.
     *
     * @throws SQLException what the pool throws as it takes the connection back, after an error here
     */
    public Connection lend(Connection inner, Terms terms) throws SQLException {
        if (inner instanceof LeasedConnection) {
            return inner; // the pool is one of ours, and has lent it
        }
        Slot slot = null;
        long lease = 0;
        try {
            Session session = sessions.find(inner);
            slot = session != null && session.companion() instanceof Slot known ? known : null;
            lease = slot == null || slot.desk != this ? 0 : slot.take();
            if (slot == null || lease == 0) {
                slot = otherSlot(slot, session == null ? foreign(inner) : session);
                lease = slot.take();
            }
            LeasedConnection handle =
                    showSql ? new NotingConnection(inner, slot, lease) : new LeasedConnection(inner, slot, lease);
            long now = ticker.nanos();
            slot.lend(handle, inner, now, terms, sampler.sample(now));
            return handle;
        } catch (RuntimeException | Error e) {
            if (slot != null && lease != 0) {
                slot.untake(lease);
            }
            inner.close(); // nobody else knows of it
            throw e;
        }
    }

    /** Not made by the connector below, if the pool draws from another source. */
    private @Nullable Session foreign(Connection inner) {
        if (!saidForeign.getAndSet(true)) {
            Notices.foreignPool(name);
        }
        return sessions.adopt(inner);
    }

    /** A free slot for a connection that has none yet, or whose slot is taken. */
    private Slot otherSlot(@Nullable Slot taken, @Nullable Session session) {
        if (taken != null && taken.desk == this) {
            Lease before = taken.lease();
            // the pool has it back, past the handle: closed by way of statement.getConnection(), for example
            if (before != null && before.isClosedUnderneath() && taken.endUnnoticed(before.number())) {
                return taken;
            }
        }
        if (session != null && session.companion() == null) {
            Slot own = newSlot(session);
            session.accompany(own);
            return own;
        }
        // a connection that is not pgjdbc's, or a session that two borrowers share, as under JTA
        Slot spare = spares.poll();
        if (spare == null) {
            spare = newSlot(null);
        }
        spare.session = session;
        return spare;
    }

    private synchronized Slot newSlot(@Nullable Session session) {
        Slot slot = new Slot(this, numbers.incrementAndGet(), session);
        Slot[] more = Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = slot;
        slots = more;
        if (sweeper != null && !swept && !closed) {
            swept = sweeper.add(this);
        }
        return slot;
    }

    /** A slot that belongs to no session is free again. */
    void recycle(Slot slot) {
        spares.add(slot);
    }

    /** A lease has ended of which more is known than of most. */
    void ended(
            Slot slot,
            long borrowedAt,
            @Nullable Thread borrower,
            @Nullable BorrowStack stack,
            @Nullable Suspicion suspicion) {
        long held = ticker.nanos() - borrowedAt;
        if (stack != null) {
            sites.ended(stack, held);
        }
        if (suspicion != null) {
            reporter.cameBack(slot.number + "-" + suspicion.lease(), suspicion, borrower, held, true);
        }
    }

    // ---- the sweeper ----------------------------------------------------------------------------

    /** Looks at every lease once. For the sweeper's thread alone. */
    void sweep() {
        long now = ticker.nanos();
        inspector.begin(now);
        noteWhatWasCollected(now);
        enterWhatHasEnded();
        boolean someAreOver = false;
        for (Slot slot : slots) {
            someAreOver |= inspector.look(slot, now);
        }
        if (someAreOver) {
            forgetThoseThatAreOver();
        }
    }

    private void noteWhatWasCollected(long now) {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof WeakHandle handle) {
                inspector.collected(handle, now);
            }
        }
    }

    private void enterWhatHasEnded() {
        reporter.sampled(sites.enter());
    }

    private synchronized void forgetThoseThatAreOver() {
        slots = Arrays.stream(slots).filter(slot -> !slot.isOver()).toArray(Slot[]::new);
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

    private List<Lease> leases() {
        List<Lease> leases = new ArrayList<>();
        for (Slot slot : slots) {
            Lease lease = slot.lease();
            if (lease != null && !lease.isClosedUnderneath()) {
                leases.add(lease);
            }
        }
        return leases;
    }

    /** What is on loan, the oldest first. */
    public List<OpenLease> openLeases() {
        long now = ticker.nanos();
        return leases().stream()
                .sorted((one, other) -> Long.compare(other.age(now), one.age(now)))
                .map(lease -> reporter.snapshot(lease, now, lease.verdict()))
                .toList();
    }

    /** Number of connections on loan, and age of the oldest lease in nanoseconds; cheap. */
    public LeaseNumbers numbers() {
        long now = ticker.nanos();
        int open = 0;
        long oldest = 0;
        for (Lease lease : leases()) {
            open++;
            oldest = Math.max(oldest, lease.age(now));
        }
        return new LeaseNumbers(open, oldest);
    }

    /**
     * How many are on loan.
     *
     * @param open number of leases
     * @param oldestNanos age of the oldest in nanoseconds; zero if there is none
     */
    public record LeaseNumbers(int open, long oldestNanos) {}

    /** What is known of the places that borrow, those that hold longest in all first. */
    public List<CallSite> callSites() {
        enterWhatHasEnded();
        long now = ticker.nanos();
        Map<List<StackTraceElement>, CallSites.Open> open = new HashMap<>();
        for (Lease lease : leases()) {
            if (lease.stack() != null) {
                open.compute(
                        CallSites.site(lease.borrowFrames()),
                        (frames, before) -> (before == null ? CallSites.Open.NONE : before).and(lease.age(now)));
            }
        }
        return sites.all(open);
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
