package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Idle connections whose server has fallen silent: HikariCP looks at one after the other, each for as long as
 * {@code validationTimeout}, which is 5 s.
 */
@WithPostgres
@NoLeftovers
@Tag("once") // it waits for most of its time, for the same on every JDK
class SilentIdleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** From here on HikariCP looks whether a connection is alive before it lends it out. */
    private static final Duration BYPASS = Duration.ofMillis(500);

    private static final int IDLE = 5;

    private final PostgresServer server;

    SilentIdleTest(PostgresServer server) {
        this.server = server;
    }

    /** One thread borrows, fails, and borrows again at once: the second has a limit of its own. */
    @Test
    void whoTriesAgainAtOnceDoesNotPayForTheTimeBefore() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.delay(Duration.ofMillis(20)));
                PenstockHikariDataSource pool = pool(proxy, c -> c.setValidationTimeout(LIMIT.toMillis()))) {
            proxy.stallOldest();

            boolean first = Pools.serves(pool);
            boolean second = Pools.serves(pool);

            assertThat(first).as("met the silent one").isFalse();
            assertThat(second).isTrue();
            Await.until(
                    "the silent one is replaced",
                    PATIENCE,
                    () -> pool.getHikariPoolMXBean().getTotalConnections() == IDLE);
            assertThat(proxy.accepted()).as("no other was given up").isEqualTo(IDLE + 1);
        }
    }

    @Test
    void whatACallerHasWaitedInTheGateCounts() {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool = pool(proxy, c -> {})) {
            pool.control().suspend();
            silence(proxy);
            long begun = System.nanoTime();
            Callers callers = Callers.borrowing(pool, 1);
            Await.until("most of its limit is over", PATIENCE, () -> System.nanoTime() - begun > 700_000_000L);

            pool.control().resume();

            assertThat(callers.outcomes().get(0).elapsed()).isLessThan(LIMIT.plusMillis(500));
        }
    }

    private PenstockHikariDataSource pool(FaultProxy proxy, Consumer<HikariConfig> more) {
        HikariConfig config = Pools.through(proxy, server);
        config.addDataSourceProperty("sslmode", "disable");
        config.setMaximumPoolSize(IDLE);
        config.setConnectionTimeout(LIMIT.toMillis());
        more.accept(config);
        PenstockHikariDataSource pool = new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .connect(c -> c.deadline(Duration.ofSeconds(2)))
                        .build());
        Await.until(
                "the pool is full", PATIENCE, () -> pool.getHikariPoolMXBean().getIdleConnections() == IDLE);
        letThemRest();
        return pool;
    }

    private static void letThemRest() {
        long until = System.nanoTime() + BYPASS.multipliedBy(2).toNanos();
        Await.until("they are looked at", PATIENCE, () -> System.nanoTime() - until > 0);
    }

    private static void silence(FaultProxy proxy) {
        proxy.behave(Behaviour.silent());
        proxy.stallOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "select 1"})
    void aCallerIsKeptNoLongerThanItsLimitThoughEachOfThemIsSilent(String testQuery) {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool =
                        pool(proxy, c -> c.setConnectionTestQuery(testQuery.isEmpty() ? null : testQuery))) {
            silence(proxy);

            Callers.Outcome alone = Callers.borrowing(pool, 1).outcomes().get(0);

            assertThat(alone.failure()).isInstanceOf(SQLException.class);
            assertThat(alone.elapsed()).isLessThan(LIMIT.multipliedBy(2));
        }
    }

    @Test
    void norIsOneWhoseLimitIsLongerThanALook() {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool = pool(proxy, c -> {
                    c.setValidationTimeout(700); // of two looks, the second has 300 ms
                })) {
            silence(proxy);

            Callers.Outcome alone = Callers.borrowing(pool, 1).outcomes().get(0);

            assertThat(alone.failure()).isInstanceOf(SQLException.class);
            assertThat(alone.elapsed()).isLessThan(LIMIT.plusMillis(350));
        }
    }

    @Test
    void whatALookWasShortenedToIsForgottenWhenItIsOver() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                // which is what HikariCP sets for its look, too
                PenstockHikariDataSource pool = pool(proxy, c -> c.addDataSourceProperty("socketTimeout", "5"))) {
            try (Connection looked = pool.getConnection()) {
                assertThat(looked.getNetworkTimeout()).isEqualTo(5000);
                assertThat(Pools.ask(looked, "select 'later' from pg_sleep(1.3)"))
                        .isEqualTo("later");
            }
        }
    }

    @Test
    void anApplicationsOwnNetworkTimeoutIsLeftAloneThoughItIsThatOfALook() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockHikariDataSource pool = pool(proxy, c -> {});
                Connection own = pool.getConnection()) {
            own.setNetworkTimeout(Runnable::run, 5000);

            assertThat(own.getNetworkTimeout()).isEqualTo(5000);
            assertThat(Pools.ask(own, "select 'later' from pg_sleep(1.3)")).isEqualTo("later");
        }
    }
}
