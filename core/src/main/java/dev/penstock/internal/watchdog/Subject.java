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
        Limits all = own == null ? usual : own;
        return occupant == null ? all : all.withTransactionWithin(occupant.transactionTimeout());
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

    /** Of so many statements that are under way at once. */
    Clocks clocks(SocketPicture seen, long statements, long now) {
        return new Clocks(seen, session.beginsTransactions(), statements, now);
    }

    /** How many statements there are in this exchange; not to be asked often. */
    long statementsIn(SocketPicture seen) {
        boolean begin = session.beginsTransactions() && !seen.inTransaction(); // the driver's own
        int known = session.statementsUnderWay() - (begin ? 1 : 0);
        // some of several may be over
        return known <= 1 ? 1 : seen.answerDue() ? known : known + 1L;
    }

    /** Cancel requests to one of these wait for each other. */
    String server() {
        String address = session.address();
        return address == null ? "" : address;
    }
}
