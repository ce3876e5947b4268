package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Configurations of small pools, and what to ask their connections. */
final class Pools {
    private Pools() {}

    static HikariConfig config(PostgresServer server) {
        return config(server, server.jdbcUrl());
    }

    static HikariConfig through(FaultProxy proxy, PostgresServer server) {
        return config(server, server.jdbcUrl("127.0.0.1", proxy.port()));
    }

    private static HikariConfig config(PostgresServer server, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(server.user());
        config.setPassword(server.password());
        return small(config);
    }

    static <T extends HikariConfig> T small(T config) {
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(10_000);
        return config;
    }

    static PenstockConfig deadline(Duration deadline) {
        return PenstockConfig.builder().connect(c -> c.deadline(deadline)).build();
    }

    static String ask(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return ask(connection, sql);
        }
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** Whether a borrow succeeds, for waiting until it does. */
    static boolean serves(DataSource dataSource) {
        try {
            return ask(dataSource, "select 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }
}
