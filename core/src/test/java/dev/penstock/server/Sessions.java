package dev.penstock.server;

import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.SessionSettings;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Connectors with limits, and what their sessions have. */
final class Sessions {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final String LIMITS =
            "select name, setting || ' ' || source from pg_settings where name like '%_timeout'"
                    + " and name not in ('authentication_timeout', 'wal_sender_timeout', 'wal_receiver_timeout',"
                    + " 'checkpoint_timeout', 'deadlock_timeout', 'archive_timeout', 'tcp_user_timeout')";

    private Sessions() {}

    /** Every limit, all of them different. */
    static SessionSettings.Builder all(SessionSettings.Builder session) {
        return session.statementTimeout(Duration.ofSeconds(30))
                .lockTimeout(Duration.ofSeconds(5))
                .idleInTransactionTimeout(Duration.ofMinutes(1))
                .transactionTimeout(Duration.ofMinutes(2))
                .idleSessionTimeout(Duration.ofHours(1));
    }

    static PenstockConfig config(Told told, Consumer<SessionSettings.Builder> session) {
        return PenstockConfig.builder()
                .connect(c -> c.deadline(DEADLINE))
                .breaker(b -> b.mode(BreakerMode.OFF))
                .session(session)
                .listener(told)
                .build();
    }

    static PenstockConnector.Builder to(PostgresServer server, PenstockConfig config) {
        return PenstockConnector.builder(server.jdbcUrl())
                .properties(server.credentials())
                .config(config);
    }

    static PenstockConnector.Builder to(FaultProxy proxy, PostgresServer server, PenstockConfig config) {
        return PenstockConnector.builder(server.jdbcUrl(proxy.address().getHostAddress(), proxy.port()))
                .properties(server.credentials())
                .config(config);
    }

    static String only(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The limits of a session, in milliseconds, each with its source. */
    static Map<String, String> limits(Connection connection) throws SQLException {
        Map<String, String> limits = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LIMITS)) {
            while (rows.next()) {
                limits.put(rows.getString(1), rows.getString(2));
            }
        }
        return limits;
    }
}
