package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** What has to work with every version of the server and of the driver. */
final class Scenarios {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration FAR = Duration.ofSeconds(20);
    private static final String IS_ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    private final PostgresServer server;

    Scenarios(PostgresServer server) {
        this.server = server;
    }

    private PenstockConnector.Builder connector(Mode mode, Duration deadline) {
        return Connectors.to(server, "127.0.0.1", server.port())
                .properties(mode.properties(server))
                .config(Connectors.within(deadline));
    }

    /** Connects and sees that the session is encrypted as asked for. */
    void connects(Mode mode) throws SQLException {
        try (PenstockConnector connector = connector(mode, FAR).build();
                Connection connection = connector.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(server.major());
            assertThat(only(connection, "SELECT 1")).isEqualTo("1");
            assertThat(only(connection, IS_ENCRYPTED)).isEqualTo(mode == Mode.PLAIN ? "f" : "t");
        }
    }

    private static String only(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    /** The cancel request goes to where the session is: through the proxy, of which the URL's name knows nothing. */
    void cancelsAQuery(Mode mode) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector = Connectors.through(proxy, server, mode, FAR);
                Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            int before = proxy.accepted();
            Future<Void> query = CompletableFuture.runAsync(() -> assertThatThrownBy(
                            () -> statement.execute("SELECT pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014")));
            Await.until("the query", FAR, () -> runs("SELECT pg_sleep(60)"));

            statement.cancel();

            query.get();
            assertThat(proxy.accepted()).isEqualTo(before + 1);
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private boolean runs(String query) {
        try (Connection administrator = server.connect()) {
            String count = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = '" + query + "'";
            return only(administrator, count).equals("1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void refusesAWrongPassword(Mode mode) {
        try (PenstockConnector connector =
                connector(mode, FAR).password("wrong").build()) {
            Failure.of(connector)
                    .is(ConnectOutcome.REJECTED, ConnectPhase.AUTH)
                    .hasState("28P01")
                    .before(FAR);
        }
    }

    /** The deadline passes when all is said but the end of the last message. */
    void leavesNothingBehind(Mode mode) throws SQLException {
        int length = Handshake.length(server, mode);
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Wreckage.lastMessageMissing(length));
                PenstockConnector connector = Connectors.through(proxy, server, mode, SHORT);
                Leftovers leftovers = Leftovers.since(server)) {
            Failure.of(connector)
                    .is(ConnectOutcome.TIMED_OUT, ConnectPhase.AUTH)
                    .hasStateOfPhase()
                    .atTheDeadline(SHORT);
            leftovers.assertNone();
        }
    }
}
