package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PoolUnavailableException;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of a pool see while no connection can be made, and after that. */
@WithPostgres
@NoLeftovers
class BreakerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresServer server;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger failedConnects = new AtomicInteger();

    BreakerTest(PostgresServer server) {
        this.server = server;
    }

    private PenstockHikariDataSource pool(
            FaultProxy proxy, int minimumIdle, UnaryOperator<PenstockConfig.Builder> more) {
        HikariConfig config = Pools.through(proxy, server);
        config.addDataSourceProperty("sslmode", "disable");
        config.setMinimumIdle(minimumIdle);
        config.setConnectionTimeout(30_000);
        PenstockConfig.Builder penstock = PenstockConfig.builder()
                .breaker(b -> b.mode(BreakerMode.ON))
                .connect(c -> c.deadline(Duration.ofSeconds(1)))
                .listener(new PenstockListener() {
                    @Override
                    public void breakerOpened(BreakerOpened event) {
                        opened.countDown();
                    }

                    @Override
                    public void connectFailed(ConnectEnded event) {
                        failedConnects.incrementAndGet();
                    }
                });
        return new PenstockHikariDataSource(config, more.apply(penstock).build());
    }

    /** Everything that is there is gone, and nothing comes. */
    private static void lose(PenstockHikariDataSource pool, FaultProxy proxy) {
        proxy.behave(Behaviour.refuse());
        proxy.resetOpen();
        empty(pool);
    }

    private static void empty(PenstockHikariDataSource pool) {
        pool.getHikariPoolMXBean().softEvictConnections();
        Await.until(
                "the pool is empty", PATIENCE, () -> pool.getHikariPoolMXBean().getTotalConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void callersWaitInTheGateAndAllAreServedWhenTheServerIsBack(int minimumIdle) {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool = pool(proxy, minimumIdle, c -> c)) {
            assertThat(Pools.serves(pool)).isTrue();
            lose(pool, proxy);
            Callers callers = Callers.borrowing(pool, 20);
            Await.until("the breaker opens", PATIENCE, () -> opened.getCount() == 0);
            int before = failedConnects.get();
            Await.until("probes", PATIENCE, () -> failedConnects.get() >= before + 2);

            proxy.behave(Behaviour.pass());

            callers.outcomes().forEach(outcome -> assertThat(outcome.failure()).isNull());
        }
    }

    @Test
    void idleConnectionsAreServedWhileNoneCanBeMade() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool = pool(proxy, 2, c -> c.gate(g -> g.failFastAfter(Duration.ZERO)))) {
            Await.until(
                    "both are there", PATIENCE, () -> pool.getHikariPoolMXBean().getIdleConnections() == 2);
            proxy.behave(Behaviour.refuse());
            try (Connection evicted = pool.getConnection()) {
                pool.evictConnection(evicted);
            }
            Await.until("the breaker opens", PATIENCE, () -> opened.getCount() == 0);

            for (int i = 0; i < 200; i++) {
                assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whoIsRefusedAtOnceStillHasTheServerProbed(int minimumIdle) {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool =
                        pool(proxy, minimumIdle, c -> c.gate(g -> g.failFastAfter(Duration.ZERO)))) {
            assertThat(Pools.serves(pool)).isTrue();
            lose(pool, proxy);
            Callers first = Callers.borrowing(pool, 1); // makes HikariCP notice
            Await.until("the breaker opens", PATIENCE, () -> opened.getCount() == 0);

            PoolUnavailableException refusal =
                    catchThrowableOfType(PoolUnavailableException.class, pool::getConnection);
            assertThat(refusal.getMessage()).contains("127.0.0.1:" + proxy.port(), "gate.failFastAfter", "total 0");
            proxy.behave(Behaviour.pass());

            Await.until("the pool serves again", PATIENCE, () -> Pools.serves(pool));
            first.outcomes();
        }
    }

    /** Half of those who wait are interrupted, and only they know of it; the others are served. */
    @Test
    void anInterruptStormReachesThoseWhomItIsMeantForAndNobodyElse() {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool = pool(proxy, 2, c -> c)) {
            assertThat(Pools.serves(pool)).isTrue();
            lose(pool, proxy);
            Callers first = Callers.borrowing(pool, 1); // makes HikariCP notice
            Await.until("the breaker opens", PATIENCE, () -> opened.getCount() == 0);
            Callers patient = Callers.borrowing(pool, 20).awaitWaiting();
            Callers interrupted = Callers.borrowing(pool, 20).awaitWaiting();

            interrupted.interrupt();

            assertThat(interrupted.outcomes()).allSatisfy(outcome -> {
                assertThat(outcome.failure()).isInstanceOf(SQLException.class);
                assertThat(outcome.interrupted()).isTrue();
            });
            proxy.behave(Behaviour.pass());
            assertThat(patient.outcomes()).allSatisfy(outcome -> {
                assertThat(outcome.failure()).isNull();
                assertThat(outcome.interrupted()).isFalse();
            });
            first.outcomes();
        }
    }

    @Test
    void closingDuringAnOutageTakesNoLongerThanItMustAndFreesWhoWaitsInTheGate() {
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            PenstockHikariDataSource pool = pool(proxy, 2, c -> c);
            assertThat(Pools.serves(pool)).isTrue();
            lose(pool, proxy);
            Await.until("the breaker opens", PATIENCE, () -> opened.getCount() == 0);
            Callers callers = Callers.borrowing(pool, 5).awaitWaiting();
            long begun = System.nanoTime();

            pool.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            callers.outcomes().forEach(outcome -> assertThat(outcome.failure()).isInstanceOf(SQLException.class));
        }
    }

    @Test
    void aRestartAtDefaultsFailsNobody() {
        try (PostgresServer own = PostgresServer.start()) {
            HikariConfig config = Pools.config(own);
            config.setMaximumPoolSize(10);
            config.setConnectionTimeout(30_000);
            PenstockConfig on = PenstockConfig.builder()
                    .breaker(b -> b.mode(BreakerMode.ON))
                    .build();
            try (PenstockHikariDataSource pool = new PenstockHikariDataSource(config, on)) {
                assertThat(Pools.serves(pool)).isTrue();
                own.kill9();
                empty(pool);
                Callers callers = Callers.borrowing(pool, 20).awaitWaiting();

                own.restart();

                callers.outcomes()
                        .forEach(outcome -> assertThat(outcome.failure()).isNull());
            }
        }
    }
}
