package dev.penstock.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Makes physical connections, each under one deadline. Thread-safe. */
public interface Creation extends AutoCloseable {
    /**
     * One physical connection.
     *
     * @param limit for everything from here to the usable session
     * @param leash by which somebody else may end it
     * @throws SQLException a {@link dev.penstock.ConnectFailure}
     */
    Connection connect(ConnectOrder order, Duration limit, Leash leash) throws SQLException;

    /** Ends the connects that are under way and refuses further ones; connections handed out stay. */
    @Override
    void close();
}
