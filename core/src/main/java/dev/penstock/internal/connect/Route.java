package dev.penstock.internal.connect;

import dev.penstock.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** From the connector down to a physical connection. Thread-safe. */
public interface Route extends AutoCloseable {
    /**
     * One physical connection.
     *
     * @param given user and password of this call, null for those of the URL and properties
     * @param watchSetup whether the caller is a pool whose set-up is to be bounded too
     */
    Connection connect(@Nullable Credentials given, boolean watchSetup) throws SQLException;

    /** Ends the connects that are under way and refuses further ones; connections handed out stay. */
    @Override
    void close();
}
