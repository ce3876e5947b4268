package dev.penstock.internal.lease;

import dev.penstock.OpenLease;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.watchdog.Limits;
import dev.penstock.internal.watchdog.Occupant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Where the lease of one session is kept, one lease after the other.
 *
 * <p>One reference decides: who holds the session. Null: nobody. A {@link LeasedConnection}: a young lease, of which
 * nobody but its borrower knows. A {@link Lease}: the same, once the sweeper has seen it. {@link #GONE}: for good,
 * nobody. The borrower takes it from null, whoever closes first gives it back to null, the sweeper makes a lease of a
 * handle, or takes it away; each by one compare-and-set, so that only one of them does. Handles are never used twice:
 * whoever finds his own there knows that it is his lease that lasts.
 */
final class Slot extends LinesBehind implements Occupant {
    static final long NOTHING_BEGUN = -1;

    private static final Object GONE = new Object();
    private static final VarHandle HOLDER = holder();

    final LeaseDesk desk;
    /** Of the slot within its desk, from 1. */
    final int number;

    /** Whether it is used for whichever connection has no slot of its own. */
    private final boolean spare;

    /** Null if the connection is not one of pgjdbc's; of a spare slot that of its lease. */
    private volatile @Nullable Session session;

    /** For the lease that lasts; left over if that ended without its borrower. Null: nothing. */
    private volatile @Nullable Arrangement arrangement;

    /** Of the lease that lasts, or of one before it; null: none. */
    private volatile @Nullable Promise promise;

    /** In which exchange a transaction was begun for the sake of its limits; by whoever has the lease. */
    private long begun = NOTHING_BEGUN;

    /**
     * How long a lease has given its transaction.
     *
     * @param lease its number
     * @param nanos so long
     */
    private record Promise(long lease, long nanos) {}

    /** Of this session; null makes a spare one. */
    Slot(LeaseDesk desk, int number, @Nullable Session session) {
        this.desk = desk;
        this.number = number;
        this.spare = session == null;
        this.session = session;
    }

    // ---- borrow and return ----------------------------------------------------------------------

    /** Number of the lease that is about to begin. */
    long next() {
        return ++lent;
    }

    /** A spare slot is for this session now. */
    void of(@Nullable Session lentNow) {
        session = lentNow;
    }

    /** The lease of this handle begins; false if another lasts. */
    boolean take(LeasedConnection by) {
        return HOLDER.compareAndSet(this, null, by);
    }

    /** The lease of this handle ends; false if it has ended before. */
    boolean giveBack(LeasedConnection by) {
        if (HOLDER.compareAndSet(this, by, null)) {
            entered(by.stack(), null);
            return true;
        }
        // the sweeper has seen it, or somebody has ended it; it becomes nobody's handle again
        if (holder instanceof Lease seen && seen.isOf(by) && HOLDER.compareAndSet(this, seen, null)) {
            entered(by.stack(), seen);
            return true;
        }
        return false;
    }

    /** Whatever goes wrong in keeping the books: the connection goes back to the pool. */
    private void entered(@Nullable BorrowStack young, @Nullable Lease seen) {
        try {
            if (seen != null) {
                desk.ended(seen);
            } else if (young != null) {
                desk.ended(young);
            }
            recycle();
        } catch (RuntimeException | Error e) {
            // no memory, no stack left: this lease is missing in the call-site table
        }
    }

    private void recycle() {
        if (spare) {
            desk.recycle(this);
        }
    }

    // ---- limits of its own ----------------------------------------------------------------------

    /** Whether it is used for whichever connection has no slot of its own. */
    boolean isSpare() {
        return spare;
    }

    /** Null if the connection is not one of pgjdbc's. */
    @Nullable Session session() {
        return session;
    }

    /** In which exchange a transaction was begun for the sake of its limits. */
    long begun() {
        return begun;
    }

    void hasBegun(long exchange) {
        begun = exchange;
    }

    /** Null if nothing was arranged. */
    @Nullable Arrangement arrangement() {
        return arrangement;
    }

    /** Asked at every borrow and return: what names a class that is not loaded yet is not compiled into its caller. */
    boolean hasArrangement() {
        return arrangement != null;
    }

    /** By whoever has the session. */
    void arrange(@Nullable Arrangement made) {
        arrangement = made;
    }

    /** Null: what was promised counts no more. It counts for this lease alone, and need not be taken back. */
    void promise(LeasedConnection by, @Nullable Long nanos) {
        promise = nanos == null ? null : new Promise(by.number(), nanos);
    }

    @Override
    public long transactionTimeout() {
        Promise made = promise;
        return made != null && made.lease() == occupancy() ? made.nanos() : Limits.NEVER;
    }

    @Override
    public long occupancy() {
        Object known = holder;
        if (known instanceof LeasedConnection young) {
            return young.number();
        }
        return known instanceof Lease lease ? lease.number() : 0;
    }

    @Override
    public @Nullable Limits limits() {
        Arrangement made = arrangement;
        Terms terms = terms();
        return made != null
                ? made.limits()
                : terms == null || terms.own() == null ? null : terms.own().limits();
    }

    private @Nullable Terms terms() {
        Object known = holder;
        if (known instanceof LeasedConnection young) {
            return young.terms();
        }
        return known instanceof Lease lease ? lease.terms() : null;
    }

    @Override
    public @Nullable OpenLease lease(long now) {
        Lease lease = peek(now);
        return lease == null ? null : lease.snapshot(desk.name(), now, lease.verdict());
    }

    /** If somebody has it, it goes when he gives it back. */
    @Override
    public void sessionEnded() {
        boolean unused = HOLDER.compareAndSet(this, null, GONE);
    }

    // ---- for the sweeper ------------------------------------------------------------------------

    /**
     * The lease that lasts; null if none does. A young one is one that the sweeper knows from now on, and its handle
     * may be collected.
     *
     * @param collected is told when that has happened
     */
    @Nullable Lease see(long now, ReferenceQueue<? super LeasedConnection> collected) {
        Object known = holder;
        if (known instanceof Lease lease) {
            return lease;
        }
        if (known instanceof LeasedConnection young) {
            Connection inner = young.lent();
            Lease lease = inner == null ? null : new Lease(this, session, young, inner, collected, now);
            return lease != null && HOLDER.compareAndSet(this, young, lease) ? lease : null;
        }
        return null;
    }

    /** The same for whoever only wants to know. */
    @Nullable Lease peek(long now) {
        Object known = holder;
        if (known instanceof LeasedConnection young) {
            Connection inner = young.lent();
            Lease lease = inner == null ? null : new Lease(this, session, young, inner, null, now);
            return lease != null && holder == known ? lease : peek(now);
        }
        return known instanceof Lease lease ? lease : null;
    }

    /** It has ended some time ago, and nobody has said so; false if somebody has. */
    boolean end(Lease lease) {
        boolean ended = HOLDER.compareAndSet(this, lease, null);
        if (ended) {
            entered(null, lease);
        }
        return ended;
    }

    /** Likewise, by whoever has been lent the session since; false if another lease lasts than the one he has seen. */
    boolean endOf(Lease peeked) {
        if (end(peeked)) {
            return true;
        }
        LeasedConnection young = peeked.handle();
        if (young != null && HOLDER.compareAndSet(this, young, null)) {
            entered(young.stack(), null);
            return true;
        }
        return holder instanceof Lease seen && young != null && seen.isOf(young) && end(seen);
    }

    /** It ends without its borrower, and the slot with it; false if it has ended before. */
    boolean reclaim(Lease lease) {
        return HOLDER.compareAndSet(this, lease, GONE);
    }

    /** Whether it is not lent any more: taken away from its borrower, or its session was ended. */
    boolean isGone() {
        return holder == GONE;
    }

    /** Whether the lease of this handle lasts. */
    boolean isHeldBy(LeasedConnection by) {
        Object known = holder;
        return known == by || (known instanceof Lease seen && seen.isOf(by));
    }

    /** Whether this lease lasts. */
    boolean isHeldBy(Lease lease) {
        return holder == lease;
    }

    /** Whether it will not be lent any more. */
    boolean isOver() {
        Object known = holder;
        return known == GONE || (known == null && !spare && isOver(session));
    }

    private boolean isOver(@Nullable Session of) {
        return of == null || of.isOver() || of.companion() != this;
    }

    private static VarHandle holder() {
        try {
            return MethodHandles.lookup().findVarHandle(HeldApart.class, "holder", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
