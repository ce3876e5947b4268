package dev.penstock.internal.session;

import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.target.ServerRole;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A session that is usable.
 *
 * @param connection pgjdbc's own
 * @param side what is known of its server
 * @param role PRIMARY or SECONDARY, ANY if it was not asked for
 */
public record OpenedSession(Connection connection, ServerSide side, ServerRole role) {
    /** Closes it without a word to the server, which would block if the server is gone. */
    public void discard() {
        discard(connection);
    }

    /** As {@link #discard()}. */
    public static void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException ignored) {
            // nobody ever saw this connection, and its socket is closed by the hand-over
        }
    }
}
