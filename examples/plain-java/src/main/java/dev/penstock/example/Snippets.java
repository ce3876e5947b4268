package dev.penstock.example;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.hikari.PenstockHikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The code of the README, compiled and run by its test. */
final class Snippets {
    private Snippets() {}

    static PenstockHikariDataSource hikari(String url, String user, String secret) {
        // snippet: hikari
        var hikari = new HikariConfig();
        hikari.setJdbcUrl(url); // jdbc:postgresql://db.example.com/app?sslmode=verify-full
        hikari.setUsername(user);
        hikari.setPassword(secret);

        var dataSource = new PenstockHikariDataSource(
                hikari,
                PenstockConfig.builder()
                        .connect(c -> c.deadline(Duration.ofSeconds(5))) // default 30 s
                        .build());
        // end
        return dataSource;
    }

    static void connector(String url, String user, String secret) throws SQLException {
        // snippet: connector
        try (var connector = PenstockConnector.builder(url)
                        .user(user)
                        .password(secret)
                        .build();
                Connection connection = connector.getConnection()) {
            connection.createStatement().execute("select 1");
        }
        // end
    }

    static DataSource guard(DataSource pool, PenstockConnector connector) {
        // snippet: guard
        DataSource dataSource = PenstockDataSource.guard(
                pool, // made over the connector
                PoolControl.unknown(Duration.ofSeconds(30)), // how long the pool lets a caller wait
                connector);
        // end
        return dataSource;
    }

    static PenstockConfig limits() {
        // snippet: limits
        PenstockConfig config = PenstockConfig.builder()
                .session(s -> s.statementTimeout(Duration.ofSeconds(30)) // all of them are unset by default
                        .idleInTransactionTimeout(Duration.ofMinutes(5)))
                .build();
        // end
        return config;
    }
}
