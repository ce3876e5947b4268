package dev.penstock.internal.lease;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Asks PostgreSQL by {@code pg_blocking_pids}, on a connection of its own, past the pool: that may be the very thing
 * that is used up. Thread-safe.
 */
public final class BlockingPids implements LockDiagnosis {
    private static final Duration READ_LIMIT = Duration.ofSeconds(2);

    private final Connections connections;

    /** Makes a connection that nobody else uses. */
    @FunctionalInterface
    public interface Connections {
        /** A connection, within the connect deadline. */
        Connection get() throws SQLException;
    }

    /** With connections from there. */
    public BlockingPids(Connections connections) {
        this.connections = connections;
    }

    @Override
    public List<Integer> blockersOf(int backendPid) throws SQLException {
        if (backendPid == 0) {
            return List.of();
        }
        try (Connection connection = connections.get()) {
            connection.setNetworkTimeout(Runnable::run, (int) READ_LIMIT.toMillis());
            return ask(connection, backendPid);
        }
    }

    private static List<Integer> ask(Connection connection, int backendPid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_blocking_pids(?)")) {
            statement.setInt(1, backendPid);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? pids(rows.getArray(1)) : List.of();
            }
        }
    }

    private static List<Integer> pids(Array array) throws SQLException {
        return List.of((Integer[]) array.getArray());
    }
}
