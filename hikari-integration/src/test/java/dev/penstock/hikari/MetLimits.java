package dev.penstock.hikari;

import dev.penstock.SessionLimit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What transactions of many clients find a session to be limited to. Thread-safe. */
final class MetLimits {
    /** A version that does not know one says so by a dash. */
    private static final String QUERY = Stream.of(SessionLimit.values())
            .map(limit -> "'" + limit.serverSetting() + "=' || coalesce(current_setting('" + limit.serverSetting()
                    + "', true), '-')")
            .collect(Collectors.joining(" || ' ' || ", "select pg_backend_pid(), ", ""));

    private final Map<Integer, Set<Integer>> clientsByBackend = new ConcurrentHashMap<>();
    private final List<String> strangers = new CopyOnWriteArrayList<>();
    private final AtomicInteger transactions = new AtomicInteger();

    private record Answer(int backend, String limits) {}

    /** In one statement. */
    static String of(Connection connection) throws SQLException {
        return ask(connection).limits;
    }

    private static Answer ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new Answer(row.getInt(1), row.getString(2));
        }
    }

    /** The same with other limits of statements and locks. */
    static String with(String limits, String statement, String lock) {
        return limits.replaceFirst("(?<=^statement_timeout=)\\S+", statement)
                .replaceFirst("(?<= lock_timeout=)\\S+", lock);
    }

    /** Looks at them in a transaction of this client, which is to find nothing else. */
    void look(Connection connection, int client, String expected) throws SQLException {
        Answer answer = ask(connection);
        transactions.incrementAndGet();
        clientsByBackend
                .computeIfAbsent(answer.backend, backend -> ConcurrentHashMap.newKeySet())
                .add(client);
        if (!answer.limits.equals(expected)) {
            addStranger("client " + client + " is to have " + expected + ", but met " + answer.limits);
        }
    }

    void addStranger(String stranger) {
        strangers.add(stranger);
    }

    /** What was not as expected. */
    List<String> strangers() {
        return strangers;
    }

    int transactions() {
        return transactions.get();
    }

    /** How many clients each server connection has served. */
    Collection<Integer> clientsOfEachBackend() {
        return clientsByBackend.values().stream().map(Set::size).toList();
    }
}
