package dev.penstock.internal.lease;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a test knows of a lease, whatever the desk knows. Times are ticker times. */
final class Loan {
    static final long NOT = Long.MAX_VALUE;

    /** How it ended. */
    enum End {
        NOT_YET,
        CLOSED,
        /** The pool has it back, past the handle. */
        CLOSED_UNDERNEATH,
        RECLAIMED
    }

    final Inner inner;
    final String id;
    final Person by;
    final long borrowedAt;
    final long limitNanos;

    private final Slot slot;
    private final long number;

    End end = End.NOT_YET;
    long diedAt = NOT;
    long collectedAt = NOT;
    /** Ticker time of the latest exchange with the server; of the borrow if there was none. */
    long usedAt;

    int reports;

    /** Null once it was collected. */
    private @Nullable LeasedConnection handle;

    Loan(Inner inner, Connection handle, Person by, long borrowedAt, long limitNanos) {
        LeasedConnection leased = (LeasedConnection) handle;
        this.inner = inner;
        this.handle = leased;
        this.slot = leased.slot();
        this.number = leased.number();
        this.id = slot.number + "-" + number;
        this.by = by;
        this.borrowedAt = borrowedAt;
        this.usedAt = borrowedAt;
        this.limitNanos = limitNanos;
    }

    boolean isOpen() {
        return end == End.NOT_YET;
    }

    boolean isAbandoned() {
        return diedAt != NOT || collectedAt != NOT;
    }

    /** Not there any more once it was collected. */
    @Nullable Connection handle() {
        return handle;
    }

    void closeHandle() {
        if (handle != null) {
            try {
                handle.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            if (isOpen()) {
                end = End.CLOSED;
            }
        }
    }

    void collect(long now) {
        handle = null;
        collectedAt = now;
    }

    /** The garbage collector has been there: it takes what is held weakly and by nobody else. */
    void garbageCollected() {
        if (handle == null) {
            boolean unused = Collected.handleOf(slot, number);
        }
    }
}
