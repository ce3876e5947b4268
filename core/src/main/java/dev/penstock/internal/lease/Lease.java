package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.SessionActivity;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.time.WallClock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection on loan, from the moment that the sweeper has seen it: leases that are over before cost nothing of this.
 * Refers to the handle weakly, and is that reference itself: a sweep goes by what it has to fetch from memory.
 */
final class Lease extends WeakReference<LeasedConnection> {
    private static final VarHandle SUSPICION = suspicionHandle();

    private final Slot slot;
    private final @Nullable Session session;
    private final long number;
    private final Connection inner;
    private final Thread borrower;
    private final @Nullable BorrowStack stack;
    private final @Nullable LastSql lastSql;
    private final Terms terms;
    private final long borrowedAt;

    /** Written by the sweeper, taken by whoever gives the connection back. */
    private volatile @Nullable Suspicion suspicion;

    // what the sweeper has seen; for its thread alone; times are ticker times

    /** Of its slot in the {@link Watchlist}. */
    int place;

    boolean dead;
    long deadSince;
    boolean unreachable;
    long unreachableSince;
    /** At the latest judgement. */
    long usedAt;

    /**
     * Of this handle over this connection; it began now at the latest, and less than a look ago.
     *
     * @param collected is told when the handle is collected; null: nobody is
     */
    Lease(
            Slot slot,
            @Nullable Session session,
            LeasedConnection of,
            Connection inner,
            @Nullable ReferenceQueue<? super LeasedConnection> collected,
            long now) {
        super(of, collected);
        this.slot = slot;
        this.session = session;
        this.number = of.number();
        this.inner = inner;
        this.borrower = of.borrower();
        this.stack = of.stack();
        this.lastSql = of.lastSql();
        this.terms = of.terms();
        this.borrowedAt = stack == null ? now : stack.at();
    }

    String id() {
        return slot.number + "-" + number;
    }

    /** Of the lease within its slot. */
    long number() {
        return number;
    }

    Slot slot() {
        return slot;
    }

    /** Null if it is not known. */
    @Nullable Session session() {
        return session;
    }

    /** What the pool lent. */
    Connection inner() {
        return inner;
    }

    Thread borrower() {
        return borrower;
    }

    Terms terms() {
        return terms;
    }

    /** Null if it was not captured. */
    @Nullable BorrowStack stack() {
        return stack;
    }

    /** Of the application, the innermost first; empty if they were not captured. */
    List<StackTraceElement> borrowFrames() {
        return stack == null ? List.of() : Frames.ofApplication(stack.getStackTrace());
    }

    boolean isFrom(List<StackTraceElement> place) {
        return stack != null && CallSites.site(borrowFrames()).equals(CallSites.site(place));
    }

    /** Text prepared last; null unless {@code leases.showSql}. */
    @Nullable String lastSql() {
        return lastSql == null ? null : lastSql.text();
    }

    /** Ticker time; of a lease whose stack was not captured, of the sweep that saw it first. */
    long borrowedAt() {
        return borrowedAt;
    }

    long age(long now) {
        return now - borrowedAt;
    }

    /** Who holds it; null if that was collected. */
    @Nullable LeasedConnection handle() {
        return get();
    }

    boolean isOf(LeasedConnection connection) {
        return refersTo(connection);
    }

    @Nullable Suspicion suspicion() {
        return suspicion;
    }

    void suspect(Suspicion of) {
        suspicion = of;
    }

    /** More is known of what it is suspected of; not if it is suspect no more, or of something else. */
    void suspect(Suspicion before, LeaseVerdict nowKnown) {
        boolean unused = SUSPICION.compareAndSet(
                this, before, new Suspicion(nowKnown, before.since(), before.reports(), before.nextAfterNanos()));
    }

    /** It is suspect no more; what it was suspected of goes to one who asks only. */
    @Nullable Suspicion acquit() {
        return (Suspicion) SUSPICION.getAndSet(this, null);
    }

    /** What it is suspected of; null if of nothing. */
    @Nullable LeaseVerdict verdict() {
        Suspicion known = suspicion;
        return known == null ? null : known.verdict();
    }

    /** Whether somebody uses it at this moment, as far as that can be seen. */
    boolean isBusy(long now) {
        return session != null && session.activity(now).isBusy();
    }

    /** Ticker time of its latest exchange with the server; of its begin if there was none, or it cannot be seen. */
    long lastUsed() {
        long exchanged = session != null && session.isVisible() ? session.lastExchangeNanos() : borrowedAt;
        return exchanged - borrowedAt > 0 ? exchanged : borrowedAt;
    }

    /**
     * Whether the pool has the connection back though the handle was not closed. Some pools' connections keep whoever
     * asks waiting while a statement runs: not to be asked of one that is busy.
     */
    boolean isClosedUnderneath() {
        try {
            return inner.isClosed();
        } catch (SQLException | RuntimeException e) {
            return false; // the pool's own code: that tells nothing
        }
    }

    /** As others may see it. */
    OpenLease snapshot(String pool, long now, @Nullable LeaseVerdict of) {
        long age = Math.max(0, age(now));
        return new OpenLease(
                pool,
                id(),
                new OpenLease.Borrower(
                        borrower.getName(), borrower.getId(), borrower.getState() != Thread.State.TERMINATED),
                WallClock.instantNanosAgo(age),
                Duration.ofNanos(age),
                session == null ? SessionActivity.UNKNOWN : session.activity(now),
                session == null ? 0 : session.backendPid(),
                session == null ? null : session.address(),
                borrowFrames(),
                of);
    }

    private static VarHandle suspicionHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Lease.class, "suspicion", Suspicion.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
