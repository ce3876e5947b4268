package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wedge: a peer that says nothing, or too little, must not hold HikariCP's one adder thread. */
@WithPostgres
@NoLeftovers
@Tag("once") // it waits for most of its time, for the same on every JDK
class OutageTest {
    /** One deadline, HikariCP's longest back-off, and slack for a busy machine. */
    private static final Duration HEALED = Duration.ofSeconds(1 + 5 + 4);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PostgresServer server;

    OutageTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void servesAgainAfterASilentPeerAndPlainHikariDoesNot() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silent());
                PenstockHikariDataSource pool =
                        new PenstockHikariDataSource(withoutFailFast(proxy), Pools.deadline(Duration.ofSeconds(1)));
                FaultProxy plainProxy = FaultProxy.to(server.address()).behave(Behaviour.silent());
                HikariDataSource plain = new HikariDataSource(withoutFailFast(plainProxy))) {
            Callers.borrowing(pool, 3)
                    .outcomes()
                    .forEach(outcome -> assertThat(outcome.failure()).isInstanceOf(SQLException.class));
            Callers.borrowing(plain, 3)
                    .outcomes()
                    .forEach(outcome -> assertThat(outcome.failure()).isInstanceOf(SQLException.class));
            proxy.behave(Behaviour.pass());
            plainProxy.behave(Behaviour.pass());
            Await.until("Penstock serves again", HEALED, () -> Pools.serves(pool));
            assertThat(Await.holdsWithin(Duration.ofSeconds(2), () -> Pools.serves(plain)))
                    .as("plain HikariCP serves again")
                    .isFalse();
            plainProxy.resetOpen(); // lets its adder go, so that close() need not wait for it
        }
    }

    /** With {@code socketTimeout=5} HikariCP's limit for a read (validationTimeout, 5 s) is the connection's own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void servesAgainAfterAServerThatDribblesWhileThePoolSetsAConnectionUp(int socketTimeout) throws SQLException {
        CountDownLatch expired = new CountDownLatch(1);
        PenstockConfig penstock = PenstockConfig.builder()
                .connect(c -> c.deadline(Duration.ofSeconds(1)))
                .listener(new PenstockListener() {
                    @Override
                    public void setupExpired(SetupExpired event) {
                        expired.countDown();
                    }
                })
                .build();
        server.execute("create table drips (still int)", "insert into drips values (1)");
        HikariConfig config = Pools.config(server);
        config.addDataSourceProperty("socketTimeout", String.valueOf(socketTimeout));
        config.setConnectionTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        // bytes come well within the limit that HikariCP has for each read, so that no read ever times out
        config.setConnectionInitSql("do $$ begin while exists (select from drips) loop raise notice 'drip';"
                + " perform pg_sleep(0.1); end loop; end $$");
        try (var pool = new PenstockHikariDataSource(config, penstock)) {
            assertThat(Pools.serves(pool)).isFalse();
            Await.until("the end of the set-up", PATIENCE, () -> expired.getCount() == 0);
            server.execute("delete from drips");
            Await.until("the pool serves again", HEALED, () -> Pools.serves(pool));
        } finally {
            server.execute("drop table drips");
        }
    }

    @Test
    void aServerThatIsReadyAndThenSilentDoesNotHoldTheAdder() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(PgScript.readyThenSilence());
                PenstockHikariDataSource pool =
                        new PenstockHikariDataSource(withoutFailFast(proxy), Pools.deadline(Duration.ofSeconds(1)))) {
            Callers.borrowing(pool, 2)
                    .outcomes()
                    .forEach(outcome -> assertThat(outcome.failure()).isInstanceOf(SQLException.class));
            assertThat(proxy.accepted()).isPositive();
            proxy.behave(Behaviour.pass());
            Await.until("the pool serves again", HEALED.plusSeconds(2), () -> Pools.serves(pool));
        }
    }

    @Test
    void servesAgainAfterADribblingServer() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.dribble(Duration.ofMillis(100)));
                PenstockHikariDataSource pool =
                        new PenstockHikariDataSource(withoutFailFast(proxy), Pools.deadline(Duration.ofSeconds(1)))) {
            Callers.borrowing(pool, 2)
                    .outcomes()
                    .forEach(outcome -> assertThat(outcome.failure()).isInstanceOf(SQLException.class));
            proxy.behave(Behaviour.pass());
            Await.until("the pool serves again", HEALED, () -> Pools.serves(pool));
        }
    }

    @Test
    void hikarisTimeOutCarriesOurReport() {
        try (SilentServer silent = SilentServer.start()) {
            HikariConfig config = silently(silent);
            config.setConnectionTimeout(1_500);
            try (var pool = new PenstockHikariDataSource(config, Pools.deadline(Duration.ofMillis(300)))) {
                SQLException failed = catchThrowableOfType(SQLException.class, pool::getConnection);
                assertThat(failed.getCause()).isInstanceOfSatisfying(ConnectFailedException.class, e -> {
                    assertThat(e.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
                    assertThat(e.getMessage()).contains("127.0.0.1:" + silent.port());
                });
            }
        }
    }

    @Test
    void closeDuringAConnectTakesNoLongerThanItMust() {
        try (SilentServer silent = SilentServer.start()) {
            PenstockHikariDataSource pool = new PenstockHikariDataSource(silently(silent)); // deadline 30 s
            Callers callers = Callers.borrowing(pool, 3).awaitWaiting();
            Await.until("a connect", PATIENCE, () -> silent.accepted() > 0);
            assertThat(closing(pool)).isLessThan(Duration.ofSeconds(2));
            Await.until("no connect is left", PATIENCE, () -> silent.openConnections() == 0);
            callers.interrupt(); // HikariCP does not wake those who wait for a connection when it shuts down
            callers.outcomes();
        }
    }

    @Test
    void closeDuringHikarisBackOffTakesNoLongerThanItMust() {
        CountDownLatch eighthFailure = new CountDownLatch(8); // after it the back-off is at 1.28 s
        PenstockConfig penstock = PenstockConfig.builder()
                .listener(new PenstockListener() {
                    @Override
                    public void connectFailed(ConnectEnded event) {
                        eighthFailure.countDown();
                    }
                })
                .build();
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.refuse())) {
            HikariConfig config = withoutFailFast(proxy);
            config.setConnectionTimeout(30_000); // HikariCP waits that long for its adder
            PenstockHikariDataSource pool = new PenstockHikariDataSource(config, penstock);
            Callers callers = Callers.borrowing(pool, 1);
            Await.until("the eighth failure", PATIENCE, () -> eighthFailure.getCount() == 0);
            assertThat(closing(pool)).isLessThan(Duration.ofSeconds(2));
            callers.interrupt();
            callers.outcomes();
        }
    }

    @Test
    void closeDuringASetUpLeavesNoConnectionBehind() {
        HikariConfig config = Pools.config(server);
        config.setPoolName("set-up-forever");
        config.addDataSourceProperty("ApplicationName", "set-up-forever");
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set client_connection_check_interval = '100ms'; select pg_sleep(60)");
        config.setValidationTimeout(60_000);
        PenstockHikariDataSource pool = new PenstockHikariDataSource(config);
        Await.until("the set-up", PATIENCE, () -> backends("set-up-forever") == 1);
        assertThat(closing(pool)).isLessThan(Duration.ofSeconds(3));
        Await.until(
                "the adder has ended",
                PATIENCE,
                () -> ThreadCensus.named("set-up-forever:connection-adder").isEmpty());
        Await.until("its backend has ended", PATIENCE, () -> backends("set-up-forever") == 0);
    }

    @Test
    void aConstructorThatFailsLeavesNothing() {
        try (SilentServer silent = SilentServer.start()) {
            HikariConfig config = silently(silent);
            config.setInitializationFailTimeout(1);
            PoolInitializationException failed = catchThrowableOfType(
                    PoolInitializationException.class,
                    () -> new PenstockHikariDataSource(config, Pools.deadline(Duration.ofMillis(300))));
            assertThat(failed.getCause()).isInstanceOf(ConnectFailedException.class);
            Await.until("no connect is left", PATIENCE, () -> silent.openConnections() == 0);
            int accepted = silent.accepted();
            assertThat(Await.holdsWithin(Duration.ofMillis(500), () -> silent.accepted() > accepted))
                    .isFalse();
        }
    }

    @Test
    void anInterruptedConstructorLeavesNothingAndKeepsTheFlag() {
        try (SilentServer silent = SilentServer.start()) {
            HikariConfig config = silently(silent);
            config.setInitializationFailTimeout(60_000);
            Thread.currentThread().interrupt();
            PoolInitializationException failed =
                    catchThrowableOfType(PoolInitializationException.class, () -> new PenstockHikariDataSource(config));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failed.getCause()).hasMessageContaining("interrupted");
            Await.until("no connect is left", PATIENCE, () -> silent.openConnections() == 0);
        }
    }

    private int backends(String applicationName) {
        try {
            return server.backendCount(applicationName);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private HikariConfig withoutFailFast(FaultProxy proxy) {
        HikariConfig config = Pools.through(proxy, server);
        // with sslmode=prefer, the default, a second try in plain text after 5 s would heal the plain driver too
        config.addDataSourceProperty("sslmode", "disable");
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(1_000);
        return config;
    }

    private static HikariConfig silently(SilentServer silent) {
        HikariConfig config = Pools.small(new HikariConfig());
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + silent.port() + "/app");
        config.setUsername("app");
        config.setConnectionTimeout(30_000);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private static Duration closing(PenstockHikariDataSource pool) {
        long start = System.nanoTime();
        pool.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
