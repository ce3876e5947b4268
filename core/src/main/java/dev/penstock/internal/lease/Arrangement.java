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

        void run() throws SQLException;
    }
}
