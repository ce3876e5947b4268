package dev.penstock.internal.server;

import dev.penstock.LimitsInForce;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens sessions that have their limits on the server, as far as it lets them. Thread-safe. */
public interface FirstLine {
    /** Nothing is sent and nothing asked. */
    FirstLine OFF = new Off();

    /** Calls the driver. */
    @FunctionalInterface
    interface Dial {
        /**
         * Blocks until the session is usable.
         *
         * @param options for the startup packet, beside those of the user; null for none
         */
        Connection connect(@Nullable String options) throws SQLException;
    }

    /**
     * One session.
     *
     * @param server address and port, or the host where the address is not ours to choose
     * @throws SQLException as the driver throws it; never because limits could not be set
     */
    Served open(String server, Dial dial) throws SQLException;

    /** The session was handed out. */
    void handedOut(ServerSide side);

    /** What is known, server by server. */
    List<LimitsInForce> inForce();

    /** Sessions handed out so far that went without something that was asked for. */
    long notInForce();

    /** No limit is set. */
    final class Off implements FirstLine {
        private Off() {}

        @Override
        public Served open(String server, Dial dial) throws SQLException {
            return new Served(dial.connect(null), ServerSide.NOT_ASKED);
        }

        @Override
        public void handedOut(ServerSide side) {}

        @Override
        public List<LimitsInForce> inForce() {
            return List.of();
        }

        @Override
        public long notInForce() {
            return 0;
        }
    }
}
