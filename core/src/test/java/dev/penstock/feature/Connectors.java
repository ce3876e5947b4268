package dev.penstock.feature;

import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;

/** Short words for what every test of this package does. */
final class Connectors {
    /** Long enough for a busy machine; tests that let it pass set a shorter one. */
    static final Duration DEADLINE = Duration.ofSeconds(20);

    /** The name on the lab's server certificates. */
    static final String NAME = "db.penstock.test";

    private Connectors() {}

    static PenstockConnector over(String url, Properties properties, Consumer<ConnectSettings.Builder> change) {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(DEADLINE))
                .connect(change)
                .build();
        return PenstockConnector.builder(url)
                .properties(properties)
                .config(config)
                .build();
    }

    static PenstockConnector over(String url, Properties properties) {
        return over(url, properties, connect -> {});
    }

    static PenstockConnector over(String url, Properties properties, DnsScript dns) {
        return over(url, properties, connect -> connect.resolver(dns::resolve));
    }

    /** The server's superuser and what else is said, as {@code name, value, name, value}. */
    static Properties login(PostgresServer server, String... namesAndValues) {
        Properties properties = server.credentials();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }

    /** The first column of the first row. */
    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    /** What a connection to this URL answers to {@code sql}. */
    static String ask(PenstockConnector connector, String sql) throws SQLException {
        try (Connection connection = connector.getConnection()) {
            return ask(connection, sql);
        }
    }
}
