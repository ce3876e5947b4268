package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.internal.session.CancelOutcome;
import org.jspecify.annotations.Nullable;

/** What is being done about a statement that takes too long: it is cancelled first, then its socket closed. */
final class Escalation {
    /** The exchange that is meant, and no other. */
    final long exchange;

    final Overrun overrun;
    /** Who had the session, and no other; see {@link Occupant#occupancy}. */
    final long occupancy;
    /** The same, to be told; null if nobody. */
    final @Nullable OpenLease lease;
    /** Ticker time. */
    final long begunAt;
    /** Ticker time at which the socket is closed. */
    final long abortAt;

    /** Whether the cancel request is on its way, or has been. By the thread that sends it. */
    volatile boolean begun;

    /** What became of the cancel request; null until that is known. By the thread that sends it. */
    volatile @Nullable CancelOutcome outcome;

    Escalation(long exchange, long occupancy, Overrun overrun, @Nullable OpenLease lease, long begunAt, long abortAt) {
        this.exchange = exchange;
        this.occupancy = occupancy;
        this.overrun = overrun;
        this.lease = lease;
        this.begunAt = begunAt;
        this.abortAt = abortAt;
    }

    /** Whether its cancel request is on its way, so that it may yet turn out to have been delivered. */
    boolean isBeingSent() {
        return begun && outcome == null;
    }
}
