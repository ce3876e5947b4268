package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionSettings;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sessions that live at an address where no new connection succeeds any more, so that no cancel request does either.
 */
@WithPostgres
@NoLeftovers
@Tag("once") // it waits for most of its time, for the same on every JDK
@Tag("newest")
class BlackHoledCancelsTest {
    /** More than are sent to one address at the same time. */
    private static final int MANY = 20;

    private static final String LONG = "select pg_sleep(60)";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    };

    private final PostgresServer server;

    BlackHoledCancelsTest(PostgresServer server) {
        this.server = server;
    }

    /**
     * The cancel requests of the first sessions still hang when these have long been ended: whoever had to wait for
     * them would be ended as well, and not cancelled.
     */
    @Test
    void theOtherSessionsOfThePoolAreCancelledInTime() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                LimitedPool pool = pool(
                        proxy,
                        session -> session.statementTimeout(Duration.ofMillis(300))
                                .grace(Duration.ofSeconds(2))
                                .cancelLimit(Duration.ofSeconds(8)))) {
            List<Connection> holed = borrow(pool, MANY);
            proxy.behave(Behaviour.refuse());
            List<Connection> healthy = borrow(pool, 2);
            proxy.behave(Behaviour.blackHole());

            assertThat(start(holed))
                    .allSatisfy(
                            ending -> assertThat(ending).succeedsWithin(SOON).isEqualTo("08006 STATEMENT"));
            assertThat(start(healthy))
                    .allSatisfy(
                            ending -> assertThat(ending).succeedsWithin(SOON).isEqualTo("57014"));
            assertThat(Pools.ask(healthy.get(0), "select 1")).isEqualTo("1");
            closeAll(holed);
            closeAll(healthy);
        }
    }

    /** They share one timer with all connections of the JVM, and the driver would give each of them ten seconds. */
    @Test
    void queryTimeoutsAndCancelsOfOthersAreNotHeldUp() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                LimitedPool pool = pool(
                        proxy,
                        session -> session.statementTimeout(Duration.ofSeconds(50))
                                .grace(Duration.ofMillis(400))
                                .cancelLimit(Duration.ofMillis(200)))) {
            List<Connection> holed = borrow(pool, 4);
            proxy.behave(Behaviour.refuse());
            List<Connection> healthy = borrow(pool, 2);
            proxy.behave(Behaviour.blackHole());

            List<CompletableFuture<String>> ofHoled =
                    holed.stream().map(each -> run(() -> executeFor(each, 1))).toList();
            CompletableFuture<String> ofHealthy = run(() -> executeFor(healthy.get(0), 1));
            CompletableFuture<String> cancelled = cancelled(healthy.get(1));

            assertThat(cancelled).succeedsWithin(SOON).isEqualTo("57014");
            assertThat(ofHealthy).succeedsWithin(SOON).isEqualTo("57014");
            assertThat(ofHoled).noneMatch(CompletableFuture::isDone);
            proxy.resetOpen();
            assertThat(ofHoled).allSatisfy(ending -> assertThat(ending).succeedsWithin(SOON));
            closeAll(holed);
            closeAll(healthy);
        }
    }

    private LimitedPool pool(FaultProxy proxy, Consumer<SessionSettings.Builder> limits) {
        String url =
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + ",127.0.0.1:" + server.port() + "/" + server.database();
        return LimitedPool.plain(server, url, MANY + 2, limits);
    }

    private static List<Connection> borrow(LimitedPool pool, int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            borrowed.add(pool.dataSource().getConnection());
        }
        return borrowed;
    }

    private static List<CompletableFuture<String>> start(List<Connection> connections) {
        return connections.stream()
                .map(each -> run(() -> LimitedPool.execute(each, LONG)))
                .toList();
    }

    private static CompletableFuture<String> run(LimitedPool.Work work) {
        return CompletableFuture.supplyAsync(() -> LimitedPool.ending(work), THREADS);
    }

    private static void executeFor(Connection connection, int seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            statement.execute(LONG);
        }
    }

    /** The driver sends one request for each execution: it must not come before the statement. */
    private CompletableFuture<String> cancelled(Connection connection) throws SQLException {
        try (Connection observer = server.connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> ending = run(() -> statement.execute("/* cancelled */ " + LONG));
            Await.until("it runs", SOON, () -> runs(observer));
            statement.cancel();
            assertThat(ending).succeedsWithin(SOON);
            return ending;
        }
    }

    private static boolean runs(Connection observer) {
        try {
            return Pools.ask(
                            observer,
                            "select count(*) from pg_stat_activity"
                                    + " where state = 'active' and query like '/* cancelled */%'")
                    .equals("1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closeAll(List<Connection> connections) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
