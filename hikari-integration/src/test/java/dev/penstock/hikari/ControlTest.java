package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.BreakerMode;
import dev.penstock.BreakerState;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectTest;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockControl;
import dev.penstock.PoolControl;
import dev.penstock.PoolUnavailableException;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.metrics.PenstockMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The switches of a pool that runs. */
@WithPostgres
@NoLeftovers
class ControlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PostgresServer server;

    ControlTest(PostgresServer server) {
        this.server = server;
    }

    /** Callers wait longer than any wait here lasts, and than HikariCP's own look every 30 s. */
    private PenstockHikariDataSource pool(BreakerMode mode, int minimumIdle) {
        return pool(mode, minimumIdle, Duration.ofMinutes(1));
    }

    private PenstockHikariDataSource pool(BreakerMode mode, int minimumIdle, Duration callersLimit) {
        HikariConfig config = Pools.config(server);
        config.setPoolName("orders");
        config.setMinimumIdle(minimumIdle);
        config.setConnectionTimeout(callersLimit.toMillis());
        return new PenstockHikariDataSource(
                config, PenstockConfig.builder().breaker(b -> b.mode(mode)).build());
    }

    private static PoolControl numbers(PenstockHikariDataSource pool) {
        return pool.control().pool().orElseThrow();
    }

    @Test
    void aSuspendedPoolLetsEachCallerWaitForItsOwnLimitOnly() throws SQLException {
        try (PenstockHikariDataSource pool = pool(BreakerMode.OFF, 2)) {
            PenstockControl control = pool.control();
            try (Connection onLoan = pool.getConnection()) {
                control.suspend();
                assertThat(Pools.ask(onLoan, "select 1")).isEqualTo("1");
                pool.setConnectionTimeout(300);
                PoolUnavailableException refusal =
                        catchThrowableOfType(PoolUnavailableException.class, pool::getConnection);
                assertThat(refusal.getMessage()).contains("'orders' is suspended", "limit was 300 ms");
                assertThat(control.timedOut()).isEqualTo(1);
            }
            assertThat(control.isSuspended()).isTrue();
            assertThat(pool.isAllowPoolSuspension()).isFalse();
        }
    }

    @Test
    void whoWaitsGoesOnWhenItIsResumed() {
        try (PenstockHikariDataSource pool = pool(BreakerMode.ON, 2)) {
            PenstockControl control = pool.control();
            control.suspend();
            Callers callers = Callers.borrowing(pool, 5);
            Await.until("they wait", PATIENCE, () -> control.waiting() == 5);

            control.resume();

            callers.outcomes().forEach(outcome -> assertThat(outcome.failure()).isNull());
            assertThat(control.waiting()).isZero();
        }
    }

    @Test
    void aPoolThatGrowsServesAllWhoAlreadyWait() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (PenstockHikariDataSource pool = pool(BreakerMode.OFF, 0);
                Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(first).isNotSameAs(second);
            Future<Connection> third = executor.submit(() -> pool.getConnection());
            Future<Connection> fourth = executor.submit(() -> pool.getConnection());
            Await.until("they wait", PATIENCE, () -> numbers(pool).waiting() == 2);

            pool.control().resize(4);

            try (Connection one = third.get(20, TimeUnit.SECONDS);
                    Connection other = fourth.get(20, TimeUnit.SECONDS)) {
                assertThat(one).isNotSameAs(other);
            }
            assertThat(pool.getMaximumPoolSize()).isEqualTo(4);
            assertThat(pool.getMinimumIdle()).isZero();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aPoolOfFixedSizeStaysOne() {
        try (PenstockHikariDataSource pool = pool(BreakerMode.OFF, 2)) {
            pool.control().resize(5);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(5);
            assertThat(pool.getMinimumIdle()).isEqualTo(5);

            pool.control().resize(1);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(1);
            assertThat(pool.getMinimumIdle()).isEqualTo(1);
        }
    }

    @Test
    void aSizeThatIsNoneIsRefusedByNameRuleAndValue() {
        try (PenstockHikariDataSource pool = pool(BreakerMode.OFF, 2)) {
            for (int size : new int[] {0, -1}) {
                InvalidSettingException refusal = catchThrowableOfType(
                        InvalidSettingException.class, () -> pool.control().resize(size));
                assertThat(refusal.getMessage()).isEqualTo("maximumPoolSize must be 1 or more, but was " + size);
            }
            assertThat(pool.getMaximumPoolSize()).isEqualTo(2);
        }
    }

    @Test
    void evictionReplacesEveryConnection() throws SQLException {
        try (PenstockHikariDataSource pool = pool(BreakerMode.OFF, 0)) {
            String before = Pools.ask(pool, "select pg_backend_pid()");

            pool.control().evictAll();

            assertThat(Pools.ask(pool, "select pg_backend_pid()")).isNotEqualTo(before);
        }
    }

    @Test
    void aBreakerOpenedByHandKeepsAnEmptyPoolEmptyUntilTheReset() {
        try (PenstockHikariDataSource pool = pool(BreakerMode.ON, 0)) {
            PenstockControl control = pool.control();
            assertThat(Pools.serves(pool)).isTrue();
            control.forceBreakerOpen();
            assertThat(Pools.serves(pool)).as("what is idle is lent").isTrue();
            control.evictAll();
            Await.until("it is empty", PATIENCE, () -> numbers(pool).total() == 0);
            Callers callers = Callers.borrowing(pool, 3);
            Await.until("they wait", PATIENCE, () -> control.waiting() == 3);
            assertThat(numbers(pool).total()).isZero();

            control.resetBreaker();

            callers.outcomes().forEach(outcome -> assertThat(outcome.failure()).isNull());
            assertThat(control.breakerState()).isEqualTo(BreakerState.CLOSED);
        }
    }

    @Test
    void theConnectTestHasThePoolsOwnCredentialsAlsoThoseThatAreChangedAtRunTime() throws SQLException {
        try (PenstockHikariDataSource pool = pool(BreakerMode.ON, 0, Duration.ofSeconds(1))) {
            assertThat(pool.control().testConnect(PATIENCE).connected()).isEqualTo(1);

            pool.setUsername("nobody-of-that-name");
            pool.control().evictAll();
            assertThat(Pools.serves(pool)).isFalse();

            assertThat(pool.control().testConnect(PATIENCE).results())
                    .singleElement()
                    .extracting(ConnectTest.Result::outcome)
                    .isEqualTo(ConnectOutcome.REJECTED);
        }
    }

    @Test
    void metricsOfAPool() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (PenstockHikariDataSource pool = pool(BreakerMode.ON, 0);
                PenstockMetrics metrics = new PenstockMetrics(pool.control())) {
            metrics.bindTo(registry);
            pool.control().evictAll();
            assertThat(Pools.serves(pool)).isTrue();

            assertThat(registry.get("penstock.connects")
                            .tags("pool", "orders", "outcome", "connected")
                            .counter()
                            .count())
                    .isGreaterThanOrEqualTo(1);
            assertThat(registry.get("penstock.breaker.state")
                            .tags("state", "closed")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    @Test
    void beforeTheStartItIsThatOfThePoolToCome() throws SQLException {
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource()) {
            Pools.config(server).copyStateTo(pool);
            PenstockControl control = pool.control();
            assertThat(pool.isRunning()).isFalse();
            assertThatThrownBy(() -> control.resize(3)).hasMessageContaining("has not started");

            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");

            assertThat(pool.control()).isSameAs(control);
            assertThat(pool.unwrap(PenstockConnector.class).control()).isSameAs(control);
            assertThat(control.name()).isEqualTo(pool.getPoolName());
            assertThat(numbers(pool).total()).isPositive();
        }
    }

    @Test
    void ofAPoolThatWasClosedBeforeItsStartThereIsNone() {
        PenstockHikariDataSource pool = new PenstockHikariDataSource();
        Pools.config(server).copyStateTo(pool);
        pool.close();

        assertThatThrownBy(pool::control).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whilePenstockIsOffItTellsNumbersAndSwitchesNothing() throws SQLException {
        PenstockConfig off = PenstockConfig.builder().enabled(false).build();
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource(off)) {
            Pools.config(server).copyStateTo(pool);
            PenstockControl early = pool.control();
            assertThat(early.pool().orElseThrow().total()).isZero();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");

            PenstockControl control = pool.control();
            assertThat(control).isSameAs(early);
            assertThat(control.pool().orElseThrow().total()).isPositive();
            assertThat(control.breakerState()).isEqualTo(BreakerState.OFF);
            assertThatThrownBy(() -> control.testConnect(PATIENCE)).isInstanceOf(SQLFeatureNotSupportedException.class);
            for (Runnable each : List.<Runnable>of(control::forceBreakerOpen, control::suspend)) {
                assertThatThrownBy(each::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("penstock.enabled must be true");
            }
        }
    }
}
