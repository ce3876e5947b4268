package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionSettings;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NeedsNetworkNamespace;
import dev.penstock.lab.netns.NetworkNamespace;
import dev.penstock.lab.netns.Vanishing;
import dev.penstock.lab.netns.VanishingCase;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose packets are dropped: nobody resets anything, and the kernel goes on trying for a quarter of an hour.
 */
@NeedsNetworkNamespace
@Tag("once") // it starts a JVM and a server of its own, and shows the same on every JDK
@Tag("newest")
class VanishedServerTest {
    private static Map<String, String> values = Map.of();

    @BeforeAll
    static void vanish() {
        values = NetworkNamespace.of(Vanish.class).run().values();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain, in flight", "plain, afterwards", "TLS, in flight", "TLS, afterwards"})
    void aStatementThatHangsIsFreedAndSaysWhy(String what) {
        assertThat(values).containsEntry(what, "08006 STATEMENT");
    }

    @Test
    void manySessionsThatVanishAtOnceAreAllFreed() {
        assertThat(values)
                .containsEntry("many", Map.of("08006 STATEMENT", Vanish.MANY).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "TLS", "many"})
    void closingThemIsNoErrorAndThePoolServesAgainWithoutThem(String pool) {
        assertThat(values).containsEntry(pool + ", close", "done").containsEntry(pool + ", served again", "true");
    }

    @Test
    void whatWasEnforcedIsToldOnceForEach() {
        assertThat(values)
                .containsEntry("told", Map.of("ABORTED", Vanish.MANY + 4).toString());
    }

    static final class Vanish implements VanishingCase {
        static final int MANY = 40;

        /** Long enough for the packets to be dropped before the server is asked to cancel. */
        private static final Duration LIMIT = Duration.ofSeconds(2);

        private static final Duration GRACE = Duration.ofMillis(400);
        private static final Duration SOON = Duration.ofSeconds(20);
        private static final String LONG = "select pg_sleep(60)";
        private static final Executor THREADS = task -> new Thread(task, "caller").start();

        @Override
        public void run(Vanishing net) throws Exception {
            try (TlsMaterial material = TlsMaterial.forNames("127.0.0.1");
                    PostgresServer server =
                            PostgresServer.builder().tls(material).start();
                    Connection observer = server.connect();
                    LimitedPool plain = LimitedPool.plain(server, server.jdbcUrl(), 2, Vanish::limits);
                    LimitedPool tls = LimitedPool.tls(server, server.jdbcUrl(), 2, Vanish::limits);
                    LimitedPool many = LimitedPool.plain(server, server.jdbcUrl(), MANY, Vanish::limits)) {
                List<Connection> ofPlain = borrow(plain, 2);
                List<Connection> ofTls = borrow(tls, 2);
                List<Connection> ofMany = borrow(many, MANY);

                CompletableFuture<String> plainInFlight = start(ofPlain.get(0), LONG);
                CompletableFuture<String> tlsInFlight = start(ofTls.get(0), LONG);
                List<CompletableFuture<String>> manyInFlight =
                        ofMany.stream().map(each -> start(each, LONG)).toList();
                Await.until("all statements run", SOON, () -> running(observer) == MANY + 2);
                net.drop(server.port());
                CompletableFuture<String> plainAfterwards = start(ofPlain.get(1), "select 1");
                CompletableFuture<String> tlsAfterwards = start(ofTls.get(1), "select 1");

                net.report("plain, in flight", plainInFlight.get());
                net.report("plain, afterwards", plainAfterwards.get());
                net.report("TLS, in flight", tlsInFlight.get());
                net.report("TLS, afterwards", tlsAfterwards.get());
                net.report("many", counted(manyInFlight));
                net.report("plain, close", LimitedPool.ending(() -> close(ofPlain)));
                net.report("TLS, close", LimitedPool.ending(() -> close(ofTls)));
                net.report("many, close", LimitedPool.ending(() -> close(ofMany)));

                net.pass();
                net.report("plain, served again", servesAgain(plain));
                net.report("TLS, served again", servesAgain(tls));
                net.report("many, served again", servesAgain(many));
                net.report("told", told(List.of(plain, tls, many)));
            }
        }

        private static void limits(SessionSettings.Builder session) {
            session.statementTimeout(LIMIT).grace(GRACE);
        }

        private static List<Connection> borrow(LimitedPool pool, int count) throws SQLException {
            List<Connection> borrowed = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                borrowed.add(pool.dataSource().getConnection());
            }
            return borrowed;
        }

        private static void close(List<Connection> connections) throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }

        private static CompletableFuture<String> start(Connection connection, String sql) {
            return CompletableFuture.supplyAsync(
                    () -> LimitedPool.ending(() -> LimitedPool.execute(connection, sql)), THREADS);
        }

        private static int running(Connection observer) {
            try (Statement statement = observer.createStatement();
                    ResultSet result = statement.executeQuery("select count(*) from pg_stat_activity"
                            + " where state = 'active' and query like '%pg_sleep(60)'")) {
                result.next();
                return result.getInt(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Map<String, Integer> counted(List<CompletableFuture<String>> endings) throws Exception {
            Map<String, Integer> counts = new TreeMap<>();
            for (CompletableFuture<String> ending : endings) {
                counts.merge(ending.get(), 1, Integer::sum);
            }
            return counts;
        }

        private static boolean servesAgain(LimitedPool pool) {
            return Await.holdsWithin(SOON, () -> Pools.serves(pool.dataSource()));
        }

        private static Map<String, Integer> told(List<LimitedPool> pools) {
            Await.until("the last is told", SOON, () -> events(pools).size() == MANY + 4);
            Map<String, Integer> counts = new TreeMap<>();
            events(pools).forEach(event -> counts.merge(event.by().toString(), 1, Integer::sum));
            return counts;
        }

        private static List<TimeoutEnforced> events(List<LimitedPool> pools) {
            return pools.stream().flatMap(pool -> pool.enforced().stream()).toList();
        }
    }
}
