package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.ConnectFailedException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The no-argument constructor: the pool starts at the first borrow, and nobody waits longer than its own limit. */
@WithPostgres
@NoLeftovers
class LazyStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PostgresServer server;

    LazyStartTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void startsAtTheFirstBorrowAndNotBefore() throws SQLException {
        try (PenstockHikariDataSource pool = pool(Pools.config(server))) {
            assertThat(pool.isRunning()).isFalse();
            assertThat(pool.getHikariPoolMXBean()).isNull();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            assertThat(pool.isRunning()).isTrue();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void settersWorkUntilTheStartAndAreSealedAfterIt() throws SQLException {
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource()) {
            Pools.config(server).copyStateTo(pool);
            pool.setPoolName("late");
            pool.setMaximumPoolSize(3);
            pool.addDataSourceProperty("ApplicationName", "late-app");
            pool.addDataSourceProperty("penstock.connect.deadline", "8s");
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("late-app");
            assertThat(pool.unwrap(PenstockConnector.class).config().connect().deadline())
                    .isEqualTo(Duration.ofSeconds(8));
            assertThat(pool.unwrap(PenstockConnector.class).name()).isEqualTo("late");
            assertThat(pool.getMinimumIdle()).isEqualTo(3);
            assertThatThrownBy(() -> pool.setJdbcUrl("jdbc:postgresql://other/db"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sealed");
        }
    }

    @Test
    void unwrapsToItsConnectorBeforeTheStart() throws SQLException {
        try (PenstockHikariDataSource pool = pool(Pools.config(server))) {
            assertThat(pool.isWrapperFor(PenstockConnector.class)).isTrue();
            PenstockConnector before = pool.unwrap(PenstockConnector.class);
            assertThat(pool.isRunning()).isFalse();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            assertThat(pool.unwrap(PenstockConnector.class)).isSameAs(before);
            assertThat(pool.getPoolName()).isEqualTo(before.name());
        }
    }

    @Test
    void aSetterAfterUnwrapCounts() throws SQLException {
        HikariConfig elsewhere = Pools.config(server);
        elsewhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/elsewhere");
        try (PenstockHikariDataSource pool = pool(elsewhere)) {
            PenstockConnector before = pool.unwrap(PenstockConnector.class);
            pool.setJdbcUrl(server.jdbcUrl());
            pool.setMaximumPoolSize(4);
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            assertThat(pool.getMinimumIdle()).isEqualTo(4);
            assertThatThrownBy(before::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void unwrapDuringTheStartLeavesTheStartAlone() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silentFor(Duration.ofSeconds(1)));
                PenstockHikariDataSource pool = pool(through(proxy, 20_000))) {
            PenstockConnector before = pool.unwrap(PenstockConnector.class);
            Callers callers = Callers.borrowing(pool, 1).awaitWaiting();
            proxy.awaitAccepted(1);
            pool.setJdbcUrl("jdbc:postgresql://127.0.0.1/elsewhere"); // too late
            assertThat(pool.unwrap(PenstockConnector.class)).isSameAs(before);
            assertThat(callers.outcomes())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.failure()).isNull());
        }
    }

    @Test
    void isWrapperForNothingBeforeItIsConfigured() throws SQLException {
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource()) {
            assertThat(pool.isWrapperFor(PenstockConnector.class)).isFalse();
            assertThat(pool.isWrapperFor(HikariConfig.class)).isTrue();
        }
    }

    @Test
    void manyCallersStartItOnce() throws SQLException {
        AtomicInteger connects = new AtomicInteger();
        PenstockConfig penstock = PenstockConfig.builder()
                .listener(new PenstockListener() {
                    @Override
                    public void connectStarted(ConnectStarted event) {
                        connects.incrementAndGet();
                    }
                })
                .build();
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.delay(Duration.ofMillis(20)));
                PenstockHikariDataSource pool = new PenstockHikariDataSource(penstock)) {
            Pools.through(proxy, server).copyStateTo(pool);
            assertThat(Callers.borrowing(pool, 20).outcomes()).allMatch(outcome -> outcome.failure() == null);
            assertThat(connects).hasValueBetween(1, pool.getMaximumPoolSize());
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void twentyCallersOfASilentServerComeBackWithinTheirOwnLimit() {
        try (SilentServer silent = SilentServer.start();
                PenstockHikariDataSource pool = pool(silently(silent, 1_000))) {
            for (Callers.Outcome outcome : Callers.borrowing(pool, 20).outcomes()) {
                assertThat(outcome.failure())
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasMessageContaining("still starting")
                        .hasMessageContaining("127.0.0.1:" + silent.port())
                        .hasMessageContaining("1000ms");
                assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(950), Duration.ofMillis(2_000));
            }
            assertThat(ThreadCensus.named("penstock-pool-start")).hasSize(1);
        }
    }

    @Test
    void aTimeOutCarriesTheLatestConnectFailure() {
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app");
        config.setInitializationFailTimeout(60_000);
        config.setConnectionTimeout(1_000);
        try (PenstockHikariDataSource pool = pool(config)) {
            SQLException failed = catchThrowableOfType(SQLException.class, pool::getConnection);
            assertThat((Throwable) failed)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasCauseInstanceOf(ConnectFailedException.class);
            assertThat(failed.getSQLState()).isEqualTo("08001");
        }
    }

    @Test
    void aFailedStartIsDeliveredAndALaterBorrowTriesAgain() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silent());
                PenstockHikariDataSource pool = new PenstockHikariDataSource(Pools.deadline(Duration.ofMillis(800)))) {
            Pools.through(proxy, server).copyStateTo(pool);
            Callers callers = Callers.borrowing(pool, 5);
            assertThat(callers.outcomes())
                    .allMatch(outcome -> outcome.failure() instanceof ConnectFailedException)
                    // HikariCP sleeps for a second before it reports a failed start
                    .allMatch(outcome -> outcome.elapsed().toMillis() < 800 + 1_000 + 1_000);
            assertThat(pool.isRunning()).isFalse();
            proxy.behave(Behaviour.pass());
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void whoIsTooEarlyIsServedBySomeLaterBorrow() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silentFor(Duration.ofMillis(1_500)));
                PenstockHikariDataSource pool = pool(through(proxy, 500))) {
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            Await.until("the pool serves", PATIENCE, () -> Pools.serves(pool));
        }
    }

    @Test
    void withoutFailFastThePoolStartsAndTheCallerGetsHikarisOwnTimeOut() {
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app");
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(600);
        try (PenstockHikariDataSource pool = pool(config)) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("request timed out")
                    .hasMessageNotContaining("still starting")
                    .hasCauseInstanceOf(ConnectFailedException.class);
            assertThat(pool.isRunning()).isTrue();
            Await.until(
                    "the start is over",
                    PATIENCE,
                    () -> ThreadCensus.named("penstock-pool-start").isEmpty());
        }
    }

    @Test
    void anInterruptEndsTheWaitAndLeavesTheFlagAndTheStartAlone() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silentFor(Duration.ofMillis(1_500)));
                PenstockHikariDataSource pool = pool(through(proxy, 10_000))) {
            Callers interrupted = Callers.borrowing(pool, 1).awaitWaiting();
            Callers patient = Callers.borrowing(pool, 1).awaitWaiting();
            interrupted.interrupt();
            assertThat(interrupted.outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.failure())
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("Interrupted")
                        .hasCauseInstanceOf(InterruptedException.class);
                assertThat(outcome.interrupted()).isTrue();
            });
            assertThat(patient.outcomes())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.failure()).isNull());
            assertThat(proxy.accepted()).isBetween(1, 2);
        }
    }

    @Test
    void closeEndsTheStartAndTellsThoseWhoWait() {
        try (SilentServer silent = SilentServer.start()) {
            PenstockHikariDataSource pool = pool(silently(silent, 30_000));
            Callers callers = Callers.borrowing(pool, 3).awaitWaiting();
            Await.until("a connect", PATIENCE, () -> silent.accepted() > 0);
            Duration closing = timed(pool::close);
            assertThat(callers.outcomes())
                    .allSatisfy(outcome -> assertThat(outcome.failure())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("has been closed"));
            assertThat(closing).isLessThan(Duration.ofSeconds(2));
            Await.until("no connect is left", PATIENCE, () -> silent.openConnections() == 0);
            assertThatThrownBy(pool::getConnection).hasMessageContaining("has been closed");
        }
    }

    @Test
    void closeEndsAStartThatWouldGoOnTrying() {
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app");
        config.setInitializationFailTimeout(60_000);
        PenstockHikariDataSource pool = pool(config);
        Callers callers = Callers.borrowing(pool, 1).awaitWaiting();
        pool.close();
        assertThat(callers.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.failure()).hasMessageContaining("has been closed"));
        // and @NoLeftovers: the start thread ends, long before the 60 s
    }

    @Test
    void closeWithoutAStartIsNothing() {
        PenstockHikariDataSource pool = pool(Pools.config(server));
        pool.close();
        pool.close();
        assertThatThrownBy(pool::getConnection).hasMessageContaining("has been closed");
        assertThatThrownBy(() -> pool.unwrap(PenstockConnector.class)).isInstanceOf(SQLException.class);
        assertThat(ThreadCensus.named("penstock-pool-start")).isEmpty();
    }

    @Test
    void borrowedConnectionsOfTheFirstCallersAreOrdinaryOnes() throws SQLException {
        try (PenstockHikariDataSource pool = pool(Pools.config(server))) {
            Connection connection = pool.getConnection();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
            pool.evictConnection(connection);
            Await.until(
                    "the connection is gone",
                    PATIENCE,
                    () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            connection.close();
        }
    }

    private HikariConfig through(FaultProxy proxy, long connectionTimeout) {
        HikariConfig config = Pools.through(proxy, server);
        config.setConnectionTimeout(connectionTimeout);
        return config;
    }

    private static HikariConfig silently(SilentServer silent, long connectionTimeout) {
        HikariConfig config = Pools.small(new HikariConfig());
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + silent.port() + "/app");
        config.setUsername("app");
        config.setConnectionTimeout(connectionTimeout);
        return config;
    }

    private static PenstockHikariDataSource pool(HikariConfig config) {
        PenstockHikariDataSource pool = new PenstockHikariDataSource();
        config.copyStateTo(pool);
        return pool;
    }

    private static Duration timed(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
