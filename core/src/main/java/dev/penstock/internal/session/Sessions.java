package dev.penstock.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** The sessions of one connector, found by their connection. Keeps none from being collected. Thread-safe. */
public final class Sessions {
    private final Map<Connection, Session> sessions = Collections.synchronizedMap(new WeakHashMap<>());

    /** Will be found. */
    public void add(Connection physical, Session session) {
        sessions.put(physical, session);
    }

    /** The session of a connection of pgjdbc's, or of a pool's over one; null if it is not one of these. */
    public @Nullable Session find(Connection connection) {
        try {
            return sessions.get(connection.unwrap(BaseConnection.class));
        } catch (SQLException e) {
            return null;
        }
    }

    /**
     * As {@link #find}; one that is not known yet becomes known, though nothing is seen of its socket. Null if it is not
     * one of pgjdbc's.
     */
    public @Nullable Session adopt(Connection connection) {
        try {
            BaseConnection physical = connection.unwrap(BaseConnection.class);
            return sessions.computeIfAbsent(physical, unused -> new Session(physical, null, null));
        } catch (SQLException | RuntimeException e) {
            return null;
        }
    }
}
