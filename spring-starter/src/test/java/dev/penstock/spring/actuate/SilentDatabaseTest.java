package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerState;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPools;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database accepts, and says nothing: whoever asks the actuator is answered at once. */
@WithPostgres
class SilentDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final int TIMES = 30;
    private static final String[] READS = {
        "penstock", "penstock/dataSource", "health", "health/penstock", "health/penstock/dataSource"
    };

    private final PostgresServer server;
    private final FaultProxy proxy;
    private final List<Thread> hanging = new ArrayList<>();

    SilentDatabaseTest(PostgresServer server) {
        this.server = server;
        this.proxy = FaultProxy.to(server.address());
    }

    @AfterEach
    void close() throws InterruptedException {
        proxy.close();
        for (Thread thread : hanging) {
            thread.interrupt();
            thread.join(PATIENCE.toMillis());
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void hang(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (SQLException e) {
                        // as it must end
                    }
                },
                "hanging-" + hanging.size());
        hanging.add(thread);
        thread.start();
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private ActuatorApp app() {
        return ActuatorApp.over(
                server.jdbcUrl("127.0.0.1", proxy.port()),
                server,
                "spring.datasource.hikari.maximum-pool-size=4",
                "spring.datasource.hikari.minimum-idle=2",
                "spring.datasource.hikari.connection-timeout=60000",
                "penstock.session.statement-timeout=60s",
                "penstock.session.lock-timeout=30s",
                "penstock.leases.stacks-per-second=1000",
                "penstock.breaker.failures=1",
                "penstock.connect.deadline=1s");
    }

    /** A statement that hangs in a read, connects that hang, callers that wait. */
    private void silence(ActuatorApp app) throws SQLException {
        Connection asking = app.dataSource().getConnection();
        ask(asking);
        proxy.behave(Behaviour.silent());
        proxy.stallOpen();
        hang(() -> ask(asking));
        for (int i = 0; i < 6; i++) {
            hang(() -> app.dataSource().getConnection().close());
        }
        Await.until("the breaker is open, and a caller waits", PATIENCE, () -> {
            var control = app.control();
            return control.breakerState() != BreakerState.CLOSED
                    && control.waiting() + control.pool().orElseThrow().waiting() > 0;
        });
    }

    @Test
    void everyReadIsAnsweredAtOnce() throws SQLException {
        try (ActuatorApp app = app()) {
            silence(app);
            for (String read : READS) {
                long[] nanos = new long[TIMES];
                for (int i = 0; i < TIMES; i++) {
                    long begun = System.nanoTime();
                    String text = app.get(read).text();
                    nanos[i] = System.nanoTime() - begun;
                    assertThat(text).startsWith("{");
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "under a silent database: GET /actuator/%s: median %.1f ms, worst %.1f ms of %d%n",
                        read, nanos[TIMES / 2] / 1e6, nanos[TIMES - 1] / 1e6, TIMES);
                // half of many: the rest is the machine's affair
                assertThat(nanos[TIMES / 2]).as(read).isLessThan(LIMIT.toNanos());
            }
            proxy.close(); // so that the pool's threads need not be waited for
        }
    }

    /** And not by luck: it does not wait at all. */
    @Test
    void noReadWaitsForAnything() throws SQLException {
        try (ActuatorApp app = app()) {
            silence(app);
            PenstockEndpoint endpoint = new PenstockEndpoint(app.pools());
            PoolsHealth health = new PoolsHealth(app.pools(), false);
            readAll(endpoint, health, app.pools()); // classes are loaded, and whatever that takes

            long before = timesWaited();
            for (int i = 0; i < TIMES; i++) {
                readAll(endpoint, health, app.pools());
            }

            assertThat(timesWaited()).isEqualTo(before);
            proxy.close();
        }
    }

    private static void readAll(PenstockEndpoint endpoint, PoolsHealth health, PenstockPools pools) {
        assertThat(endpoint.pools().pools()).hasSize(1);
        assertThat(endpoint.pool("dataSource").leases()).isNotEmpty();
        assertThat(health.stream()).hasSize(1);
        assertThat(new PoolHealth(pools.require("dataSource"), false).health().getDetails())
                .containsKey("degraded");
    }

    /** In Object.wait, a park or a sleep. */
    private static long timesWaited() {
        ThreadInfo self = ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId());
        return self.getWaitedCount();
    }

    @Test
    void norWhileThePoolIsStarting() throws SQLException {
        proxy.behave(Behaviour.silent());
        try (ActuatorApp app = app()) {
            hang(() -> app.dataSource().getConnection().close());
            Await.until("it starts", PATIENCE, () -> proxy.accepted() > 0);

            long begun = System.nanoTime();
            assertThat(app.get("penstock/dataSource").status()).isEqualTo(200);
            assertThat(app.get("health/penstock/dataSource").text()).contains("not started");
            // far from the minute that the caller waits
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            proxy.close();
        }
    }
}
