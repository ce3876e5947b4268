package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One borrow of a simulated day, and what may be said of it. */
final class Tour {
    final Inner inner;
    final Physical physical;
    final Slot slot;
    final long number;

    /** The one verdict that is right; null: nothing is. */
    final @Nullable LeaseVerdict right;

    /** Ticker time of what happened last that clears the borrower: borrow, exchange, death, collection. */
    long quietSince;

    /** Nanoseconds from {@link #quietSince} to the first report. */
    @Nullable Long reportedAfter;

    /** Null once nobody but the slot knows it. */
    private @Nullable LeasedConnection handle;

    private boolean forgotten;

    Tour(Inner inner, Physical physical, Connection handle, @Nullable LeaseVerdict right, long now) {
        this.inner = inner;
        this.physical = physical;
        this.handle = (LeasedConnection) handle;
        this.slot = this.handle.slot();
        this.number = this.handle.number();
        this.right = right;
        this.quietSince = now;
    }

    String id() {
        return slot.number + "-" + number;
    }

    void close() {
        try {
            if (handle != null) {
                handle.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void forget() {
        handle = null;
        forgotten = true;
    }

    /** The garbage collector comes by. */
    void collect(long now) {
        if (forgotten && Collected.handleOf(slot, number)) {
            forgotten = false;
            if (right == LeaseVerdict.LEAKED_UNREACHABLE) {
                quietSince = Math.max(quietSince, now);
            }
        }
    }
}
