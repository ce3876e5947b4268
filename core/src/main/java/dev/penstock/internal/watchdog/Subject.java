package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.socket.SocketPicture;
import org.jspecify.annotations.Nullable;

/**
 * A session, and who has it at this moment.
 *
 * @param session that is held to limits
 * @param usual limits of whoever has none of his own
 */
record Subject(Session session, Limits usual) {
    private @Nullable Occupant occupant() {
        return session.companion() instanceof Occupant occupant ? occupant : null;
    }

    Limits limits() {
        Occupant occupant = occupant();
        Limits own = occupant == null ? null : occupant.limits();
        return own == null ? usual : own;
    }

    /** What differs from one lease to the next; zero while nobody has it. */
    long occupancy() {
        Occupant occupant = occupant();
        return occupant == null ? 0 : occupant.occupancy();
    }

    /** Null while nobody has it. */
    @Nullable OpenLease lease(long now) {
        Occupant occupant = occupant();
        return occupant == null ? null : occupant.lease(now);
    }

    Clocks clocks(SocketPicture seen, long now) {
        return new Clocks(seen, session.beginsTransactions(), now);
    }

    /** Cancel requests to one of these wait for each other. */
    String server() {
        String address = session.address();
        return address == null ? "" : address;
    }
}
