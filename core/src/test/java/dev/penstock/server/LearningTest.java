package dev.penstock.server;

import static dev.penstock.server.Sessions.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.Credentials;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PoolerMode;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong while a server is asked, or refuses what it is sent. */
@WithPostgres
@NoLeftovers
class LearningTest {
    private final Told told = new Told();
    private final PenstockConfig limited = Sessions.config(told, Sessions::all);

    /** Of the server that is there at the time. */
    private volatile String password = "";

    // ---- the first round trip ------------------------------------------------------------------

    /** Bytes of a handshake that nothing follows. */
    private int handshake(FaultProxy proxy, PostgresServer server) throws SQLException {
        try (PenstockConnector plain = Sessions.to(proxy, server, Sessions.config(told, s -> {}))
                        .build();
                Connection connection = plain.getConnection()) {
            int said = (int) proxy.bytesFromServer();
            assertThat(connection.isClosed()).isFalse();
            return said;
        }
    }

    @Test
    void theDeadlineHoldsWhenTheServerStalls(PostgresServer server) throws SQLException {
        Duration deadline = Duration.ofMillis(700);
        PenstockConfig soon = PenstockConfig.builder()
                .connect(c -> c.deadline(deadline))
                .breaker(b -> b.mode(BreakerMode.OFF))
                .session(Sessions::all)
                .build();
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            int handshake = handshake(proxy, server);
            proxy.behave(Behaviour.stallAfter(handshake));
            try (PenstockConnector connector = Sessions.to(proxy, server, soon).build()) {
                ConnectFailedException failure = Objects.requireNonNull(
                        catchThrowableOfType(ConnectFailedException.class, connector::getConnection));
                assertThat(failure.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
                assertThat(failure.elapsed()).isBetween(deadline, deadline.plusSeconds(5));
                assertThat(proxy.bytesFromServer()).isEqualTo(handshake);
            }
        }
    }

    @Test
    void aConnectionThatBreaksIsAFailedConnect(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            int handshake = handshake(proxy, server);
            proxy.behave(Behaviour.times(1, Behaviour.rstAfter(handshake + 1), Behaviour.pass()));
            try (PenstockConnector connector =
                    Sessions.to(proxy, server, limited).build()) {
                assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);
                try (Connection connection = connector.getConnection()) {
                    assertThat(limits(connection)).containsEntry("statement_timeout", "30000 session");
                }
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAlone(PostgresServer server) throws SQLException {
        server.execute("create role nosy login password 'pw'", "revoke select on pg_catalog.pg_settings from public");
        try (PenstockConnector connector =
                        Sessions.to(server, limited).user("nosy").password("pw").build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            server.execute("grant select on pg_catalog.pg_settings to public");
            assertThat(limits(first)).containsEntry("statement_timeout", "0 default");
            assertThat(limits(second)).containsEntry("statement_timeout", "0 default");
            told.await(1);
            assertThat(told.reasons()).singleElement().asString().contains("could not be asked", "[42501]");
            assertThat(connector.control().limitsInForce())
                    .singleElement()
                    .satisfies(known -> assertThat(known.pooler()).isEqualTo(PoolerMode.TRANSACTION));
            assertThat(connector.control().sessionsNotInForce()).isEqualTo(2);
            asksAgainInTime(connector);
        } finally {
            server.execute("grant select on pg_catalog.pg_settings to public", "drop role nosy");
        }
    }

    private static void asksAgainInTime(PenstockConnector connector) throws SQLException {
        for (int i = 0; i < 10; i++) {
            connector.getConnection().close();
        }
        try (Connection connection = connector.getConnection()) {
            assertThat(limits(connection)).containsEntry("statement_timeout", "30000 client");
        }
    }

    // ---- another version behind the same address -------------------------------------------------

    @Test
    void anotherVersionIsLearntAnew(PostgresServer newer) throws SQLException {
        int port = Loopback.freePort();
        try (PostgresServer older = PostgresServer.builder().major(16).start();
                PenstockConnector connector = PenstockConnector.builder(newer.jdbcUrl("127.0.0.1", port))
                        .property("user", newer.user())
                        .config(PenstockConfig.builder()
                                .connect(c -> c.deadline(Sessions.DEADLINE)
                                        .credentials(() -> new Credentials(newer.user(), password)))
                                .breaker(b -> b.mode(BreakerMode.OFF))
                                .session(Sessions::all)
                                .listener(told)
                                .build())
                        .build()) {
            password = newer.password();
            try (FaultProxy proxy = FaultProxy.at(Loopback.address(1), port, newer.address())) {
                assertThat(proxy.port()).isEqualTo(port);
                connector.getConnection().close();
                connector.getConnection().close();
            }
            password = older.password();
            try (FaultProxy proxy = FaultProxy.at(Loopback.address(1), port, older.address());
                    Connection first = connector.getConnection();
                    Connection second = connector.getConnection()) {
                assertThat(limits(first)).containsEntry("statement_timeout", "30000 session");
                assertThat(limits(second))
                        .containsEntry("statement_timeout", "30000 client")
                        .doesNotContainKey("transaction_timeout");
                assertThat(proxy.accepted())
                        .as("the first one had been refused what the older one does not know")
                        .isGreaterThanOrEqualTo(3);
                assertThat(told.await(1))
                        .singleElement()
                        .satisfies(
                                known -> assertThat(known.versionNum() / 10_000).isEqualTo(16));
            }
        }
    }

    // ---- refusals ------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"08P01", "42704", "22023"})
    void aRefusalOfTheOptionsIsTriedPlainAndRemembered(String sqlState, PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector =
                        Sessions.to(proxy, server, limited).build()) {
            connector.getConnection().close();
            proxy.behave(Behaviour.times(1, PgScript.error(sqlState, "no options here"), Behaviour.pass()));
            try (Connection second = connector.getConnection();
                    Connection third = connector.getConnection()) {
                assertThat(limits(second)).containsEntry("statement_timeout", "30000 session");
                assertThat(limits(third))
                        .as("set after the connect, not sent again")
                        .containsEntry("statement_timeout", "30000 session");
                assertThat(proxy.accepted()).isEqualTo(4);
                assertThat(told.soFar()).as("they are in force").isEmpty();
            }
        }
    }

    /** What was refused may have been another thing, and poolers are updated. */
    @Test
    void optionsAreTriedAgainOnceInAHundredSessions(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector =
                        Sessions.to(proxy, server, limited).build()) {
            connector.getConnection().close();
            proxy.behave(Behaviour.times(1, PgScript.error("08P01", "no options here"), Behaviour.pass()));
            for (int i = 0; i < 50; i++) {
                connector.getConnection().close();
            }
            try (Connection set = connector.getConnection()) {
                assertThat(limits(set)).containsEntry("statement_timeout", "30000 session");
            }
            for (int i = 0; i < 51; i++) {
                connector.getConnection().close();
            }
            try (Connection later = connector.getConnection()) {
                assertThat(limits(later)).containsEntry("statement_timeout", "30000 client");
            }
        }
    }

    /** PgBouncer has one SQLState for most of what can be. */
    @ParameterizedTest
    @ValueSource(strings = {"query_wait_timeout", "server login failed: FATAL too many"})
    void whatKeepsClientsFromTheServerIsNoRefusalOfOptions(String text, PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector =
                        Sessions.to(proxy, server, limited).build()) {
            connector.getConnection().close();
            proxy.behave(Behaviour.times(1, PgScript.error("08P01", text), Behaviour.pass()));

            assertThatThrownBy(connector::getConnection).hasMessageContaining(text);
            assertThat(proxy.accepted())
                    .as("no second connect at the worst moment")
                    .isEqualTo(2);
            try (Connection next = connector.getConnection()) {
                assertThat(limits(next)).containsEntry("statement_timeout", "30000 client");
            }
        }
    }

    @Test
    void aPlainTryThatFailsTooIsTheFailureAndTeachesNothing(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector =
                        Sessions.to(proxy, server, limited).build()) {
            connector.getConnection().close();
            proxy.behave(Behaviour.times(2, PgScript.error("08P01", "not today"), Behaviour.pass()));

            assertThatThrownBy(connector::getConnection)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("not today");
            assertThat(proxy.accepted()).isEqualTo(3);
            try (Connection next = connector.getConnection()) {
                assertThat(limits(next)).containsEntry("statement_timeout", "30000 client");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"53300", "28P01", "XX000"})
    void anyOtherFailureIsWhatItWas(String sqlState, PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector =
                        Sessions.to(proxy, server, limited).build()) {
            connector.getConnection().close();
            proxy.behave(PgScript.error(sqlState, "not now"));

            assertThatThrownBy(connector::getConnection).hasMessageContaining("not now");
            assertThat(proxy.accepted()).isEqualTo(2);
        }
    }
}
