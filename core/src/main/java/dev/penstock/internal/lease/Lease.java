package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import dev.penstock.internal.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection on loan, as it was found.
 *
 * @param number of the lease within its slot
 * @param inner what the pool lent
 * @param stack null if it was not captured
 * @param borrowedAt ticker time
 */
record Lease(
        Slot slot,
        long number,
        Connection inner,
        Thread borrower,
        @Nullable BorrowStack stack,
        Terms terms,
        long borrowedAt) {
    String id() {
        return slot.number + "-" + number;
    }

    long age(long now) {
        return now - borrowedAt;
    }

    /** Of the application, the innermost first; empty if they were not captured. */
    List<StackTraceElement> borrowFrames() {
        return stack == null ? List.of() : Frames.ofApplication(stack.getStackTrace());
    }

    /** Null if it is not known. */
    @Nullable Session session() {
        return slot.session;
    }

    /** What it is suspected of; null if of nothing. */
    @Nullable LeaseVerdict verdict() {
        Suspicion suspicion = slot.suspicion();
        return suspicion != null && suspicion.lease() == number ? suspicion.verdict() : null;
    }

    /** Whether it still lasts. */
    boolean lasts() {
        return slot.leased() == number;
    }

    /** Whether the pool has the connection back though the handle was not closed. */
    boolean isClosedUnderneath() {
        try {
            return inner.isClosed();
        } catch (SQLException | RuntimeException e) {
            return false; // the pool's own code: that tells nothing
        }
    }
}
