package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import org.jspecify.annotations.Nullable;

/** Who has a session, as far as whoever enforces limits has to know; the session's companion. Thread-safe. */
public interface Occupant {
    /** What differs from one lease to the next; zero while nobody has it. */
    long occupancy();

    /** What whoever has it is held to; null: the usual limits, also while nobody has it. */
    @Nullable Limits limits();

    /** How long whoever has it gives his transaction himself, in nanoseconds; {@link Limits#NEVER} if he has not said. */
    long transactionTimeout();

    /** A snapshot of the lease at this ticker time; null while nobody has it. */
    @Nullable OpenLease lease(long now);

    /** The session was ended: it must not be lent any more. */
    void sessionEnded();
}
