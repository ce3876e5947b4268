package dev.penstock.internal.lease;

import dev.penstock.internal.watchdog.Limits;
import java.sql.SQLException;

/**
 * What differs for one lease, and has to be undone after it.
 *
 * @param limits what its session is held to
 * @param undo sets on the server what was there before; blocks for a round trip
 */
record Arrangement(Limits limits, Undo undo) {
    /** Undoes it. */
    @FunctionalInterface
    interface Undo {
        /** Nothing to undo. */
        Undo NOTHING = () -> {};

        /** It is not known what the server has: the session must not be lent again. */
        Undo IMPOSSIBLE = () -> {
            throw new SQLException("it is not known which limits the session has", "08003");
        };

        void run() throws SQLException;
    }
}
