package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import dev.penstock.internal.session.Session;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection on loan, from the moment that the sweeper has seen it: leases that are over before cost nothing of this.
 * Does not keep the handle from being collected.
 */
final class Lease {
    private final Slot slot;
    private final @Nullable Session session;
    private final long number;
    private final WeakReference<LeasedConnection> handle;
    private final Connection inner;
    private final Thread borrower;
    private final @Nullable BorrowStack stack;
    private final @Nullable LastSql lastSql;
    private final Terms terms;
    private final long borrowedAt;

    /** Written by the sweeper, read by whoever gives the connection back. */
    private final AtomicReference<@Nullable Suspicion> suspicion = new AtomicReference<>();

    /** What the sweeper has seen; for its thread alone. */
    final Watch watch = new Watch();

    /**
     * What the sweeper remembers from one look to the next; times are ticker times. Not thread-safe.
     */
    static final class Watch {
        /** Before that nothing can be wrong. */
        long judgeAt;

        boolean begun;
        boolean suspect;
        /** At the latest judgement. */
        long lastUsed;

        boolean dead;
        long deadSince;
        boolean unreachable;
        long unreachableSince;
    }

    /** Of this handle; it began now at the latest, and less than a sweep ago. */
    Lease(Slot slot, @Nullable Session session, LeasedConnection of, long now) {
        this.slot = slot;
        this.session = session;
        this.number = of.number();
        this.handle = new WeakReference<>(of);
        this.inner = of.lent();
        this.borrower = of.borrower();
        this.stack = of.stack();
        this.lastSql = of.lastSql();
        this.terms = of.terms();
        this.borrowedAt = stack == null ? now : stack.at();
    }

    String id() {
        return slot.number + "-" + number;
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
        return handle.get();
    }

    boolean isOf(LeasedConnection connection) {
        return handle.refersTo(connection);
    }

    boolean isUnreachable() {
        return handle.refersTo(null);
    }

    @Nullable Suspicion suspicion() {
        return suspicion.get();
    }

    void suspect(Suspicion of) {
        suspicion.set(of);
    }

    /** It is suspect no more; what it was suspected of goes to one who asks only. */
    @Nullable Suspicion acquit() {
        return suspicion.getAndSet(null);
    }

    /** What it is suspected of; null if of nothing. */
    @Nullable LeaseVerdict verdict() {
        Suspicion known = suspicion.get();
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
     * Whether the pool has the connection back though the handle was not closed. Some pools' connections keep whoever asks waiting while a statement runs:
     * not to be asked of one that is busy.
     */
    boolean isClosedUnderneath() {
        try {
            return inner.isClosed();
        } catch (SQLException | RuntimeException e) {
            return false; // the pool's own code: that tells nothing
        }
    }
}
