package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import com.zaxxer.hikari.util.Credentials;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectRejectedException;
import dev.penstock.PenstockConfig;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who logs in, and with what. The server asks for passwords. */
@WithPostgres
@NoLeftovers
class CredentialsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String WHO = "select current_user";

    private final PostgresServer server;

    CredentialsTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void roles() throws SQLException {
        server.execute(
                "drop role if exists clerk",
                "drop role if exists chief",
                "create role clerk login password 'first'",
                "create role chief login password 'boss'");
    }

    @Test
    void userAndPasswordOfTheConfiguration() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config("clerk", "first"))) {
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
        }
    }

    @Test
    void passwordOfTheConfigurationBesideAUserInTheUrl() throws SQLException {
        HikariConfig config = config(null, "first");
        config.setJdbcUrl(with(server.jdbcUrl(), "user=clerk"));
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
        }
    }

    @Test
    void whatTheUrlSaysCountsMoreAsWithThePlainDriver() throws SQLException {
        HikariConfig config = config("chief", "boss");
        config.setJdbcUrl(with(server.jdbcUrl(), "user=clerk&password=first"));
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
        }
    }

    @Test
    void aPasswordChangedAtRunTimeServesTheNextConnection() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config("clerk", "first"))) {
            server.execute("alter role clerk password 'second'");
            pool.getHikariConfigMXBean().setPassword("second");
            renew(pool);
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
            pool.getHikariConfigMXBean().setCredentials(Credentials.of("chief", "boss"));
            renew(pool);
            Await.until("a connection of the chief", PATIENCE, () -> who(pool).equals("chief"));
        }
    }

    @Test
    void aWrongPasswordIsRejectedByTheServer() {
        assertThatThrownBy(() -> new PenstockHikariDataSource(config("clerk", "wrong")))
                .isInstanceOf(PoolInitializationException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ConnectRejectedException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void theProviderIsAskedOnAPenstockThreadAndStaysVisible() throws SQLException {
        List<String> threads = new CopyOnWriteArrayList<>();
        HikariCredentialsProvider provider = () -> {
            threads.add(Thread.currentThread().getName());
            return Credentials.of("clerk", "first");
        };
        HikariConfig config = config(null, null);
        config.setCredentialsProvider(provider);
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
            assertThat(pool.getCredentialsProvider()).isEqualTo(new DeferredProvider(provider));
            assertThat(config.getCredentialsProvider()).isSameAs(provider);
        }
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("penstock-"));
    }

    @Test
    void theProviderCountsMoreThanUserAndPassword() throws SQLException {
        HikariConfig config = config("chief", "boss");
        config.setCredentialsProvider(() -> Credentials.of("clerk", "first"));
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
        }
    }

    @Test
    void aSupplierInPenstocksConfigurationCountsMoreThanUserAndPassword() throws SQLException {
        PenstockConfig penstock = PenstockConfig.builder()
                .connect(c -> c.credentials(() -> new dev.penstock.Credentials("clerk", "first")))
                .build();
        try (var pool = new PenstockHikariDataSource(config("chief", "boss"), penstock)) {
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
        }
    }

    @Test
    void aProviderThatHangsFailsTheConnectAtTheDeadlineAndHoldsNobody() throws SQLException {
        CountDownLatch hang = new CountDownLatch(1);
        HikariConfig config = config(null, null);
        config.setCredentialsProvider(() -> {
            awaitQuietly(hang);
            return Credentials.of("clerk", "first");
        });
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(2_000);
        try (var pool = new PenstockHikariDataSource(config, Pools.deadline(Duration.ofMillis(300)))) {
            SQLException failed = catchThrowableOfType(SQLException.class, pool::getConnection);
            assertThat(failed.getCause())
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            e -> assertThat(e.outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS));
            hang.countDown();
            Await.until("the pool serves", PATIENCE, () -> Pools.serves(pool));
            assertThat(Pools.ask(pool, WHO)).isEqualTo("clerk");
        } finally {
            hang.countDown();
        }
    }

    private HikariConfig config(String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl());
        config.setUsername(user);
        config.setPassword(password);
        return Pools.small(config);
    }

    private static String with(String url, String parameters) {
        return url + (url.contains("?") ? "&" : "?") + parameters;
    }

    private static String who(PenstockHikariDataSource pool) {
        try {
            return Pools.ask(pool, WHO);
        } catch (SQLException e) {
            return e.toString();
        }
    }

    /** Evicts what the pool has, so that the next borrow needs a connection that is made from now on. */
    private static void renew(PenstockHikariDataSource pool) throws SQLException {
        pool.getHikariPoolMXBean().softEvictConnections();
        try (Connection one = pool.getConnection();
                Connection other = pool.getConnection()) {
            pool.evictConnection(one);
            pool.evictConnection(other);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
