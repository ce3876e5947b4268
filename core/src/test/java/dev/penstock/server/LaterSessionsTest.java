package dev.penstock.server;

import static dev.penstock.server.Sessions.limits;
import static dev.penstock.server.Sessions.only;
import static dev.penstock.server.Sessions.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the second session on: what goes with the startup packet, and nothing else. */
@WithPostgres
@NoLeftovers
class LaterSessionsTest {
    private final Told told = new Told();
    private final PenstockConfig limited = Sessions.config(told, Sessions::all);
    private final PenstockConfig unlimited = Sessions.config(told, s -> {});

    /** What the server said until the connection was there; of the same length unless it was asked more. */
    private static long said(PenstockConnector connector, FaultProxy proxy) throws SQLException {
        try (Connection connection = connector.getConnection()) {
            long said = proxy.bytesFromServer();
            assertThat(connection.isClosed()).isFalse();
            return said;
        }
    }

    /** What the server was told until then. */
    private static long heard(PenstockConnector connector, FaultProxy proxy) throws SQLException {
        try (Connection connection = connector.getConnection()) {
            long heard = proxy.bytesFromClient();
            assertThat(connection.isClosed()).isFalse();
            return heard;
        }
    }

    @Test
    void theyCostNoRoundTrip(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector plain = Sessions.to(proxy, server, unlimited).build();
                PenstockConnector connector =
                        Sessions.to(proxy, server, limited).build()) {
            long plainly = said(plain, proxy);

            assertThat(said(connector, proxy)).as("the first is asked").isGreaterThan(plainly);
            assertThat(said(connector, proxy)).as("so is the second, once").isGreaterThan(plainly);
            for (int i = 0; i < 20; i++) {
                assertThat(said(connector, proxy)).isEqualTo(plainly);
            }
        }
    }

    @Test
    void withoutLimitsNothingIsSaidAtAll(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector plain = Sessions.to(proxy, server, unlimited).build()) {
            long said = said(plain, proxy);
            long heard = heard(plain, proxy);

            assertThat(said(plain, proxy)).isEqualTo(said);
            assertThat(heard(plain, proxy)).isEqualTo(heard);
            assertThat(plain.control().limitsInForce()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theUsersOwnOptionsArrive(boolean inUrl, PostgresServer server) throws SQLException {
        PenstockConnector.Builder builder = PenstockConnector.builder(
                        server.jdbcUrl() + (inUrl ? "?options=-c%20work_mem%3D7MB%20-c%20app.name%3Da%5C%20b" : ""))
                .properties(server.credentials())
                .config(limited);
        if (!inUrl) {
            builder.property("options", "-c work_mem=7MB -c app.name=a\\ b");
        }
        try (PenstockConnector connector = builder.build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            for (Connection connection : List.of(first, second)) {
                assertThat(only(connection, "show work_mem")).isEqualTo("7MB");
                assertThat(only(connection, "show app.name")).isEqualTo("a b");
                assertThat(only(connection, "show statement_timeout")).isEqualTo("30s");
            }
        }
    }

    /** What the user has set for statements of his own does not reach ours. */
    @ParameterizedTest
    @CsvSource({
        "preferQueryMode,simple",
        "preferQueryMode,extendedForPrepared",
        "preferQueryMode,extendedCacheEverything",
        "prepareThreshold,1",
        "defaultRowFetchSize,1",
        "assumeMinServerVersion,17",
        "readOnly,true",
        "autosave,always",
        "currentSchema,nowhere",
        "targetServerType,primary",
        "sslmode,disable",
    })
    void withWhateverTheDriverIsTold(String property, String value, PostgresServer server) throws SQLException {
        try (PenstockConnector connector =
                        Sessions.to(server, limited).property(property, value).build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection();
                Connection third = connector.getConnection()) {
            assertThat(limits(first)).containsEntry("statement_timeout", "30000 session");
            assertThat(limits(second)).containsEntry("statement_timeout", "30000 client");
            assertThat(limits(third)).containsEntry("statement_timeout", "30000 client");
            assertThat(connector.control().limitsInForce()).allMatch(known -> known.complete());
        }
    }

    @Test
    void manyFirstOnesAtATime(PostgresServer server) throws Exception {
        int callers = 50;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        CountDownLatch start = new CountDownLatch(1);
        try (PenstockConnector connector = Sessions.to(server, limited).build()) {
            List<Future<Connection>> connections = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                connections.add(threads.submit(() -> {
                    start.await();
                    return connector.getConnection();
                }));
            }
            start.countDown();
            for (Future<Connection> future : connections) {
                try (Connection connection = future.get(60, TimeUnit.SECONDS)) {
                    assertThat(limits(connection).get("statement_timeout")).startsWith("30000 ");
                }
            }
            assertThat(connector.control().limitsInForce()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTestOfTheConnectionNeitherAsksNorSets(PostgresServer server) throws SQLException {
        try (PenstockConnector connector = Sessions.to(server, limited).build()) {
            assertThat(connector.test(Duration.ofSeconds(10)).results()).hasSize(1);
            assertThat(connector.control().limitsInForce()).isEmpty();
        }
    }

    /** A trigger at login has the last word over the startup packet, and SET after that over the trigger. */
    @Test
    void whatOverridesTheStartupPacketIsFoundAndTold(PostgresServer server) throws SQLException {
        server.execute(
                "create function meddle() returns event_trigger language plpgsql as"
                        + " $$ begin perform set_config('statement_timeout', '7777', false); end $$",
                "create event trigger meddles on login execute function meddle()",
                "alter event trigger meddles enable always");
        try (PenstockConnector connector = Sessions.to(server, limited).build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection();
                Connection third = connector.getConnection()) {
            for (Connection connection : List.of(first, second, third)) {
                assertThat(limits(connection)).containsEntry("statement_timeout", "30000 session");
            }
            told.await(1);
            assertThat(told.reasons())
                    .singleElement()
                    .asString()
                    .contains("statement_timeout is 7777 ms (source: session), not 30000 ms")
                    .contains("set after each connect from now on");
            assertThat(connector.control().sessionsNotInForce()).isZero();
        } finally {
            server.execute("drop event trigger meddles", "drop function meddle()");
        }
    }

    @Test
    void whatTheApplicationSetsItselfStays(PostgresServer server) throws SQLException {
        try (PenstockConnector connector = Sessions.to(server, limited).build();
                Connection first = connector.getConnection()) {
            run(first, "set statement_timeout = 0");
            assertThat(only(first, "show statement_timeout")).isEqualTo("0");
        }
    }
}
