package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
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
