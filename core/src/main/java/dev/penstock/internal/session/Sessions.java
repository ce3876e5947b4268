package dev.penstock.internal.session;

import dev.penstock.internal.server.ServerSide;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** The sessions of one connector, found by their connection. Keeps none from being collected. Thread-safe. */
public final class Sessions {
    private final WeakIdentityTable<Connection, Session> sessions = new WeakIdentityTable<>();

    private final Consumer<Session> opened;
    private final boolean ofStrangers;

    /** Each that is opened is told to this. */
    public Sessions(Consumer<Session> opened) {
        this(opened, false);
    }

    private Sessions(Consumer<Session> opened, boolean ofStrangers) {
        this.opened = opened;
        this.ofStrangers = ofStrangers;
    }

    /** Of a pool that makes its connections without a connector: none is expected, whatever it lends is adopted. */
    public static Sessions ofStrangers() {
        return new Sessions(session -> {}, true);
    }

    /** Whether nobody wonders at a connection that no connector has made. */
    public boolean areOfStrangers() {
        return ofStrangers;
    }

    /** Will be found; once for each connection. */
    public void add(Connection physical, Session session) {
        sessions.add(physical, session);
        opened.accept(session);
    }

    /**
     * The session of a connection of pgjdbc's, or of a pool's over one; null if it is not one of these, or if the pool
     * does not give it away. Never throws.
     */
    public @Nullable Session find(Connection connection) {
        Connection physical = physical(connection);
        return physical == null ? null : sessions.find(physical);
    }

    /** What a pool's proxy throws is its own affair, an AbstractMethodError of an old one included. */
    private static @Nullable Connection physical(Connection connection) {
        try {
            return connection.unwrap(BaseConnection.class);
        } catch (SQLException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    /**
     * As {@link #find}; one that is not known yet becomes known, though nothing is seen of its socket. Null if it is
     * not one of pgjdbc's.
     */
    public @Nullable Session adopt(Connection connection) {
        if (!(physical(connection) instanceof BaseConnection physical)) {
            return null;
        }
        Session known = sessions.find(physical);
        if (known != null) {
            return known;
        }
        Session session = new Session(physical, null, null, null, ServerSide.NOT_ASKED);
        sessions.add(physical, session);
        return session;
    }
}
