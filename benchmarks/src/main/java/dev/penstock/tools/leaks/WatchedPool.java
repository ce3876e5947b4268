package dev.penstock.tools.leaks;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.LeaseSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** A pool with all its connections, and what it reports. Thread-safe. */
final class WatchedPool implements AutoCloseable {
    private final Reports reports = new Reports();
    private final PenstockHikariDataSource pool;
    private final int size;

    private WatchedPool(PostgresServer server, int size, Duration timeout, Consumer<LeaseSettings.Builder> leases) {
        this.size = size;
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(server.jdbcUrl());
        hikari.setUsername(server.credentials().getProperty("user"));
        hikari.setPassword(server.credentials().getProperty("password"));
        hikari.setMaximumPoolSize(size);
        hikari.setConnectionTimeout(timeout.toMillis());
        this.pool = new PenstockHikariDataSource(
                hikari,
                PenstockConfig.builder().leases(leases).listener(reports).build());
    }

    static WatchedPool open(PostgresServer server, int size, Duration suspectAfter) {
        return open(server, size, Duration.ofSeconds(30), leases -> leases.suspectAfter(suspectAfter));
    }

    static WatchedPool open(PostgresServer server, int size, Duration timeout, Consumer<LeaseSettings.Builder> leases) {
        WatchedPool opened = new WatchedPool(server, size, timeout, leases);
        opened.awaitFull();
        return opened;
    }

    private void awaitFull() {
        Await.until(
                size + " connections",
                Reports.PATIENCE,
                () -> pool.getHikariPoolMXBean().getIdleConnections() == size);
    }

    PenstockHikariDataSource dataSource() {
        return pool;
    }

    Reports reports() {
        return reports;
    }

    static int pidOf(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    @Override
    public void close() {
        pool.close();
    }
}
