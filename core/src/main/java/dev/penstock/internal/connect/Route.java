package dev.penstock.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;

/** From the connector down to a physical connection. Thread-safe. */
public interface Route extends AutoCloseable {
    /**
     * One physical connection.
     *
     * @throws SQLException a {@link dev.penstock.ConnectFailure}
     */
    Connection connect(ConnectOrder order) throws SQLException;

    /** Ends the connects that are under way and refuses further ones; connections handed out stay. */
    @Override
    void close();
}
