package dev.penstock.internal.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    public Map<Integer, List<Integer>> blockersOf(Collection<Integer> backendPids) throws SQLException {
        if (backendPids.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = connections.get()) {
            connection.setNetworkTimeout(Runnable::run, (int) READ_LIMIT.toMillis());
            return ask(connection, backendPids.toArray());
        }
    }

    private static Map<Integer, List<Integer>> ask(Connection connection, Object[] backendPids) throws SQLException {
        Map<Integer, List<Integer>> blockers = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select pid, pg_blocking_pids(pid) from unnest(?::int[]) as pid")) {
            statement.setArray(1, connection.createArrayOf("int4", backendPids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    blockers.put(
                            rows.getInt(1), List.of((Integer[]) rows.getArray(2).getArray()));
                }
            }
        }
        return blockers;
    }
}
