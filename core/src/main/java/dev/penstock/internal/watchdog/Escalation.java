package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.internal.session.CancelOutcome;
import org.jspecify.annotations.Nullable;

/** What is being done about a statement that takes too long: it is cancelled first, then its socket closed. */
final class Escalation {
    /** The exchange that is meant, and no other. */
    final long exchange;

    final Overrun overrun;
    /** Who had the session; null if nobody. */
    final @Nullable OpenLease lease;
    /** Ticker time at which the socket is closed. */
    final long abortAt;

    /** What became of the cancel request; null until that is known. By the thread that sends it. */
    volatile @Nullable CancelOutcome outcome;

    /** Whether its socket was closed. By whoever does so. */
    volatile boolean aborted;

    Escalation(long exchange, Overrun overrun, @Nullable OpenLease lease, long abortAt) {
        this.exchange = exchange;
        this.overrun = overrun;
        this.lease = lease;
        this.abortAt = abortAt;
    }
}
