package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import com.zaxxer.hikari.util.PropertyElf;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What worked with HikariDataSource works with ours. */
@WithPostgres
@NoLeftovers
class DropInTest {
    private final PostgresServer server;

    DropInTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void lendsOutALeaseOfHikarisConnectionOverPgjdbcsOwn() throws SQLException {
        try (var pool = new PenstockHikariDataSource(Pools.config(server));
                Connection connection = pool.getConnection()) {
            assertThat(connection.unwrap(ProxyConnection.class).getClass().getName())
                    .startsWith("com.zaxxer.hikari");
            assertThat(connection.unwrap(PGConnection.class).getClass().getName())
                    .isEqualTo("org.postgresql.jdbc.PgConnection");
            assertThat(Pools.ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void startsWithinTheConstructor() {
        try (var pool = new PenstockHikariDataSource(Pools.config(server))) {
            assertThat(pool.isRunning()).isTrue();
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isPositive();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void leavesTheConfigurationItIsGivenAsItWas() throws SQLException {
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("penstock.connect.deadline", "7s");
        Map<String, Object> before = state(config);
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(state(config)).isEqualTo(before);
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
        }
        assertThat(state(config)).isEqualTo(before);
    }

    @Test
    void showsItsConfigurationAsTheUserMadeIt() {
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("penstock.connect.deadline", "7s");
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(pool.getJdbcUrl()).isEqualTo(server.jdbcUrl());
            HikariConfig copy = new HikariConfig();
            pool.copyStateTo(copy);
            assertThat(pool.getDataSource()).isInstanceOf(PoolSupply.class);
            assertThat(copy.getDataSource()).isNull();
            assertThat(pool.getDataSourceProperties()).containsEntry("penstock.connect.deadline", "7s");
        }
    }

    @Test
    void aSecondPoolCanBeMadeOfTheFirst() throws SQLException {
        PenstockHikariDataSource first = new PenstockHikariDataSource(Pools.config(server));
        try (var second = new PenstockHikariDataSource(first);
                var plain = new HikariDataSource(first)) {
            first.close();
            assertThat(Pools.ask(second, "select 1")).isEqualTo("1");
            assertThat(Pools.ask(plain, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void poolAndConnectorHaveTheSameName() throws SQLException {
        HikariConfig named = Pools.config(server);
        named.setPoolName("orders");
        try (var unnamedPool = new PenstockHikariDataSource(Pools.config(server));
                var namedPool = new PenstockHikariDataSource(named)) {
            assertThat(unnamedPool.getPoolName()).matches("HikariPool-\\d+");
            assertThat(connector(unnamedPool).name()).isEqualTo(unnamedPool.getPoolName());
            assertThat(connector(namedPool).name()).isEqualTo("orders");
        }
    }

    @Test
    void unwrapsToTheConnectorAndToHikari() throws SQLException {
        try (var pool = new PenstockHikariDataSource(Pools.config(server), Pools.deadline(Duration.ofSeconds(9)))) {
            assertThat(pool.isWrapperFor(PenstockConnector.class)).isTrue();
            assertThat(pool.isWrapperFor(String.class)).isFalse();
            assertThat(connector(pool).config().connect().deadline()).isEqualTo(Duration.ofSeconds(9));
            assertThat(pool.unwrap(HikariDataSource.class)).isSameAs(pool);
            assertThatThrownBy(() -> pool.unwrap(String.class)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void evictsAConnectionOnLoan() throws SQLException {
        try (var pool = new PenstockHikariDataSource(Pools.config(server))) {
            String evicted;
            try (Connection connection = pool.getConnection()) {
                evicted = Pools.ask(connection, "select pg_backend_pid()");
                pool.evictConnection(connection);
            }
            try (Connection one = pool.getConnection();
                    Connection other = pool.getConnection()) {
                assertThat(Pools.ask(one, "select pg_backend_pid()")).isNotEqualTo(evicted);
                assertThat(Pools.ask(other, "select pg_backend_pid()")).isNotEqualTo(evicted);
            }
        }
    }

    @Test
    void penstockKeysAmongThePropertiesConfigureIt() throws SQLException {
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("penstock.connect.deadline", "7s");
        config.addDataSourceProperty("penstock.connect.maxParallelSessions", 2);
        config.addDataSourceProperty("penstock.connect.racing", false);
        try (var pool = new PenstockHikariDataSource(config, Pools.deadline(Duration.ofSeconds(9)))) {
            PenstockConfig effective = connector(pool).config();
            assertThat(effective.connect().deadline()).isEqualTo(Duration.ofSeconds(7));
            assertThat(effective.connect().maxParallelSessions()).isEqualTo(2);
            assertThat(effective.connect().racing()).isFalse();
            assertThat(effective.originOf("penstock.connect.deadline")).isEqualTo("dataSourceProperties");
        }
    }

    @Test
    void misspeltPenstockKeyIsRefused() {
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("penstock.connect.dedline", "7s");
        assertThatThrownBy(() -> new PenstockHikariDataSource(config))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("penstock.connect.dedline")
                .hasMessageContaining("penstock.connect.deadline");
    }

    @Test
    void driverPropertiesReachTheDriverAndOtherTypesDoNotAsInHikari() throws SQLException {
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("ApplicationName", "orders");
        config.addDataSourceProperty("prepareThreshold", 17);
        try (var pool = new PenstockHikariDataSource(config);
                var plain = new HikariDataSource(config)) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("orders");
            assertThat(prepareThreshold(pool))
                    .isEqualTo(prepareThreshold(plain))
                    .isNotEqualTo(17);
        }
    }

    @Test
    void connectionInitSqlAndIsolationAndReadOnlyAreSet() throws SQLException {
        HikariConfig config = Pools.config(server);
        config.setConnectionInitSql("set search_path to 'orders'");
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setReadOnly(true);
        try (var pool = new PenstockHikariDataSource(config);
                Connection connection = pool.getConnection()) {
            assertThat(Pools.ask(connection, "show search_path")).isEqualTo("orders");
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.isReadOnly()).isTrue();
        }
    }

    @Test
    void limitsCanBeChangedAtRunTimeAndTheRestIsSealed() {
        try (var pool = new PenstockHikariDataSource(Pools.config(server))) {
            pool.getHikariConfigMXBean().setMaximumPoolSize(3);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
            assertThatThrownBy(() -> pool.setJdbcUrl("jdbc:postgresql://other/db"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sealed");
        }
    }

    @Test
    void aClosedPoolSaysSo() {
        PenstockHikariDataSource pool = new PenstockHikariDataSource(Pools.config(server));
        pool.close();
        pool.close();
        assertThat(pool.isClosed()).isTrue();
        assertThat(pool.isRunning()).isFalse();
        assertThatThrownBy(pool::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("has been closed");
    }

    private static PenstockConnector connector(HikariDataSource pool) throws SQLException {
        return pool.unwrap(PenstockConnector.class);
    }

    private static int prepareThreshold(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.unwrap(PGConnection.class).getPrepareThreshold();
        }
    }

    private static Map<String, Object> state(HikariConfig config) {
        Map<String, Object> state = new TreeMap<>();
        for (String name : PropertyElf.getPropertyNames(HikariConfig.class)) {
            Object value = PropertyElf.getProperty(name, config);
            state.put(name, String.valueOf(value instanceof Properties p ? new TreeMap<>(p) : value));
        }
        return state;
    }
}
