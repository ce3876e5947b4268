package dev.penstock.internal.lease;

import dev.penstock.internal.session.Session;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The lease of one session, used for one lease after the other, so that a borrow allocates nothing but its handle.
 *
 * <p>One word decides: the number of the lease and its stage. FREE becomes TAKEN and LEASED by the borrower, RETURNING
 * and FREE by whoever closes first, RECLAIMED by the sweeper, for good. Only whoever brings it to TAKEN or RETURNING
 * writes the fields of the lease; the sweeper reads them between two looks at the word.
 */
final class Slot extends Watch {
    private static final int STAGES = 3; // bits
    private static final long STAGE = (1 << STAGES) - 1;
    private static final long FREE = 0;
    private static final long TAKEN = 1;
    private static final long LEASED = 2;
    private static final long RETURNING = 3;
    private static final long RECLAIMED = 4;

    private static final VarHandle WORD = handle("word", long.class);
    private static final VarHandle HANDLE = handle("handle", Object.class);

    final LeaseDesk desk;
    /** Of the slot within its desk, from 1. */
    final int number;
    /** Whether it is used for whichever connection has no slot of its own. */
    private final boolean spare;

    /** Null if the connection is not one of pgjdbc's; of a spare slot that of its lease. */
    volatile @Nullable Session session;

    private volatile long word;

    /** A {@link LeasedConnection}, or the {@link WeakHandle} of one that is not young any more. */
    private volatile @Nullable Object handle;

    // of the lease: written between TAKEN and LEASED, cleared between RETURNING and FREE
    private @Nullable Connection inner;
    private @Nullable Thread borrower;
    private @Nullable BorrowStack stack;
    private @Nullable Terms terms;
    private long borrowedAt;

    /** Text prepared last; only with {@code leases.showSql}. */
    volatile @Nullable String lastSql;

    /** Set by the sweeper, taken by whoever gives the connection back. */
    private volatile @Nullable Suspicion suspicion;

    Slot(LeaseDesk desk, int number, @Nullable Session session) {
        this.desk = desk;
        this.number = number;
        this.spare = session == null;
        this.session = session;
    }

    // ---- borrow and return ----------------------------------------------------------------------

    /** Takes a free slot; 0 if it is not free. The caller must {@link #lend} it then. */
    long take() {
        long before = word;
        return (before & STAGE) == FREE && WORD.compareAndSet(this, before, before + (1 << STAGES) + TAKEN)
                ? (before >>> STAGES) + 1
                : 0;
    }

    /** The lease begins. */
    void lend(LeasedConnection to, Connection connection, long now, Terms agreed, @Nullable BorrowStack borrowed) {
        inner = connection;
        borrower = Thread.currentThread();
        stack = borrowed;
        terms = agreed;
        borrowedAt = now;
        HANDLE.set(this, to);
        WORD.setRelease(this, to.lease() << STAGES | LEASED);
    }

    /** Undoes {@link #take}. */
    void untake(long lease) {
        clear();
        WORD.setRelease(this, lease << STAGES | FREE);
        recycle();
    }

    private void recycle() {
        if (spare) {
            desk.recycle(this);
        }
    }

    /** The lease ends; false if it has ended before. */
    boolean giveBack(long lease) {
        return end(lease, true);
    }

    /** It has ended some time ago, and nobody has said so. */
    boolean endUnnoticed(long lease) {
        return end(lease, false);
    }

    private boolean end(long lease, boolean justNow) {
        if (!WORD.compareAndSet(this, lease << STAGES | LEASED, lease << STAGES | RETURNING)) {
            return false;
        }
        BorrowStack captured = justNow ? stack : null;
        Suspicion suspected = suspicion;
        Thread thread = borrower;
        long since = borrowedAt;
        clear();
        WORD.setRelease(this, lease << STAGES | FREE);
        if (captured != null || suspected != null) {
            desk.ended(this, since, thread, captured, suspected);
        }
        recycle();
        return true;
    }

    private void clear() {
        inner = null;
        borrower = null;
        stack = null;
        HANDLE.set(this, null);
        if (suspicion != null) {
            suspicion = null;
        }
        if (lastSql != null) {
            lastSql = null;
        }
    }

    // ---- for the sweeper ------------------------------------------------------------------------

    /** Number of the lease that lasts; 0 if none does. */
    long leased() {
        long now = word;
        return (now & STAGE) == LEASED ? now >>> STAGES : 0;
    }

    /** Whether it will not be lent any more. */
    boolean isOver() {
        long stage = word & STAGE;
        return stage == RECLAIMED || (stage == FREE && !spare && isOver(session));
    }

    private boolean isOver(@Nullable Session of) {
        return of == null || of.isOver() || of.companion() != this;
    }

    /** The lease, if it lasts; what is read belongs together. */
    @Nullable Lease lease() {
        long before = (long) WORD.getAcquire(this);
        if ((before & STAGE) != LEASED) {
            return null;
        }
        Connection connection = inner;
        Thread thread = borrower;
        BorrowStack borrowed = stack;
        Terms agreed = terms;
        long since = borrowedAt;
        VarHandle.acquireFence();
        if (word != before || connection == null || thread == null || agreed == null) {
            return null;
        }
        return new Lease(this, before >>> STAGES, connection, thread, borrowed, agreed, since);
    }

    /** Whether what was read before belongs to this lease. */
    boolean isStill(long lease) {
        VarHandle.acquireFence();
        return leased() == lease;
    }

    /** Who borrowed, of the lease that {@link #leased} has told; null if that is over. */
    @Nullable Thread borrower() {
        return borrower;
    }

    /** Ticker time of its begin, likewise. */
    long borrowedAt() {
        return borrowedAt;
    }

    /** Does not keep the handle from being collected from now on. */
    void weaken() {
        Object strong = handle;
        if (strong instanceof LeasedConnection connection) {
            // a lease that is over has taken its handle away: then this changes nothing
            HANDLE.compareAndSet(this, strong, new WeakHandle(connection, desk.collected()));
        }
    }

    /** Who holds it, unless that was collected. */
    @Nullable LeasedConnection holder() {
        Object known = handle;
        Object holder = known instanceof WeakHandle weak ? weak.get() : known;
        return holder instanceof LeasedConnection connection ? connection : null;
    }

    @Nullable Suspicion suspicion() {
        return suspicion;
    }

    /** Of this lease; if it has ended meanwhile, of none. */
    void suspect(long lease, @Nullable Suspicion of) {
        suspicion = of;
        if (leased() != lease) {
            suspicion = null; // at worst that of the next lease, which is too young to have one
        }
    }

    /** The lease ends without its borrower: nobody else ends it then. False if it has ended before. */
    boolean reclaim(long lease) {
        return WORD.compareAndSet(this, lease << STAGES | LEASED, lease << STAGES | RECLAIMED);
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Slot.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
