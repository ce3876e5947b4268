package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.penstock.BreakerState;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockControl;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code penstock.enabled=false}: HikariCP as it would be without us. */
@WithPostgres
@NoLeftovers
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class OffTest {
    private static final PenstockConfig OFF =
            PenstockConfig.builder().enabled(false).build();

    private final PostgresServer server;

    OffTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void clear() {
        System.clearProperty("penstock.enabled");
    }

    @Test
    void bySetting() throws SQLException {
        try (var pool = new PenstockHikariDataSource(Pools.config(server), OFF)) {
            assertPlain(pool);
        }
    }

    @Test
    void bySystemProperty() throws SQLException {
        System.setProperty("penstock.enabled", "false");
        try (var pool = new PenstockHikariDataSource(Pools.config(server))) {
            assertPlain(pool);
        }
    }

    @Test
    void byDataSourceProperty() throws SQLException {
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("penstock.enabled", false);
        try (var pool = new PenstockHikariDataSource(config)) {
            assertPlain(pool);
        }
    }

    @Test
    void byUrl() throws SQLException {
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl(server.jdbcUrl() + (server.jdbcUrl().contains("?") ? "&" : "?") + "penstock.enabled=false");
        try (var pool = new PenstockHikariDataSource(config)) {
            assertPlain(pool);
        }
    }

    @Test
    void withSettersTheFirstBorrowStartsThePlainPool() throws SQLException {
        try (var pool = new PenstockHikariDataSource(OFF)) {
            Pools.config(server).copyStateTo(pool);
            assertThat(pool.isRunning()).isFalse();
            try (Connection connection = pool.getConnection()) {
                assertThat(ThreadCensus.named("penstock-pool-start")).isEmpty();
                assertThat(Pools.ask(connection, "select 1")).isEqualTo("1");
            }
            assertPlain(pool);
        }
    }

    /** HikariCP holds the lock of the data source meanwhile. */
    @Test
    void noHandleWaitsForAPlainPoolsStart() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (var pool = new PenstockHikariDataSource(OFF)) {
            try (SilentServer silent = SilentServer.start()) {
                Pools.config(server).copyStateTo(pool);
                pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + silent.port() + "/app");
                Future<?> start = executor.submit(() -> assertThatThrownBy(pool::getConnection));
                silent.awaitAccepted(1);

                PenstockControl control = executor.submit(pool::control).get(20, TimeUnit.SECONDS);

                assertThat(control.breakerState()).isEqualTo(BreakerState.OFF);
                assertThat(start).isNotDone();
            }
        } finally {
            executor.shutdown();
            assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatPenstockRefusesIsHikarisAffairAgain() throws SQLException {
        PGSimpleDataSource own = new PGSimpleDataSource();
        own.setUrl(server.jdbcUrl());
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl(null);
        config.setDataSource(own);
        try (var pool = new PenstockHikariDataSource(config, OFF)) {
            assertThat(pool.unwrap(PGSimpleDataSource.class)).isSameAs(own);
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aFailedStartIsHikarisOwn() {
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app");
        assertThatThrownBy(() -> new PenstockHikariDataSource(config, OFF))
                .isInstanceOf(PoolInitializationException.class)
                .hasMessageContaining("refused");
    }

    private static void assertPlain(PenstockHikariDataSource pool) throws SQLException {
        assertThat(pool.isRunning()).isTrue();
        assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
        assertThat(pool.isWrapperFor(PenstockConnector.class)).isFalse();
        assertThatThrownBy(() -> pool.unwrap(PenstockConnector.class)).isInstanceOf(SQLException.class);
        assertThat(pool.unwrap(javax.sql.DataSource.class)).isSameAs(pool);
        assertThat(unwrapped(pool)).isInstanceOf(DriverDataSource.class);
    }

    private static Object unwrapped(PenstockHikariDataSource pool) {
        return ((com.zaxxer.hikari.pool.HikariPool) pool.getHikariPoolMXBean()).getUnwrappedDataSource();
    }
}
