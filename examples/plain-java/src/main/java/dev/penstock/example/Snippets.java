package dev.penstock.example;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.BudgetCheck;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
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

    static PenstockConfig budget() {
        // snippet: budget
        Plan plan = Plan.of(ServerLimits.of(200))
                .and(Service.of("web", 4, 10).withReplicas(4, 6)) // 4 replicas, up to 6; pools of 10
                .and(Service.of("worker", 20, 2).withRollout(Rollout.IN_PLACE))
                .and(FixedClients.of("cron", 2));
        PenstockConfig config = PenstockConfig.builder()
                .budget(b -> b.plan(plan).service("web").check(BudgetCheck.WARN)) // FAIL: does not start if it is over
                .build();
        // end
        return config;
    }
}
