package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What is handed out is pgjdbc's own connection on a socket of ours: all that the driver can do, it still can. */
@ParameterizedClass
@ValueSource(strings = {"disable", "require"})
@WithPostgres(tls = true)
@Tag("driver")
class BareUseTest implements LeavesNothing {
    private static final int ROWS = 60_000;

    private final PostgresServer server;
    private final PenstockConnector connector;

    BareUseTest(String sslmode, PostgresServer server) {
        this.server = server;
        this.connector = Connectors.over(server.jdbcUrl(), Connectors.login(server, "sslmode", sslmode));
    }

    @Test
    void theConnectionIsTheDriversOwn() throws SQLException {
        try (Connection connection = connector.getConnection();
                Connection plain = DriverManager.getConnection(server.jdbcUrl(), server.credentials())) {
            assertThat(connection.getClass()).isSameAs(plain.getClass());
            assertThat(connection.unwrap(PGConnection.class)).isSameAs(connection);
            assertThat(connection.isValid(2)).isTrue();
            try (Statement statement = connection.createStatement()) {
                assertThat(statement.getConnection()).isSameAs(connection);
            }
        }
    }

    @Test
    void theNetworkTimeoutHolds() throws SQLException {
        try (Connection connection = connector.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
            connection.setNetworkTimeout(Runnable::run, 300);
            assertThat(connection.getNetworkTimeout()).isEqualTo(300);
            long start = System.nanoTime();

            SQLException timeout = Objects.requireNonNull(
                    catchThrowableOfType(SQLException.class, () -> Connectors.ask(connection, "select pg_sleep(6)")));

            assertThat(timeout.getSQLState()).isEqualTo("08006");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void abortFreesWhoWaitsForAnAnswer() throws Exception {
        try (Connection connection = connector.getConnection()) {
            CompletableFuture<SQLException> ending = CompletableFuture.supplyAsync(() -> Objects.requireNonNull(
                    catchThrowableOfType(SQLException.class, () -> Connectors.ask(connection, "select pg_sleep(6)"))));
            Await.until("the query runs", Duration.ofSeconds(5), () -> sleeping(connection));

            connection.abort(Runnable::run);

            assertThat(ending.get(3, TimeUnit.SECONDS).getSQLState()).startsWith("08");
        }
    }

    private boolean sleeping(Connection connection) {
        try (Connection admin = server.connect()) {
            int pid = connection.unwrap(PGConnection.class).getBackendPID();
            return Connectors.ask(admin, "select wait_event from pg_stat_activity where pid = " + pid)
                    .equals("PgSleep");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void notificationsArriveWhileOneWaitsForThem() throws Exception {
        try (Connection listening = connector.getConnection();
                Statement statement = listening.createStatement()) {
            PGConnection pg = listening.unwrap(PGConnection.class);
            statement.execute("listen news");
            assertThat(pg.getNotifications(30)).isNullOrEmpty();
            CompletableFuture<Void> told = CompletableFuture.runAsync(() -> tell("hello"));

            PGNotification[] notifications = pg.getNotifications(10_000);

            told.get(10, TimeUnit.SECONDS);
            assertThat(notifications).hasSize(1);
            assertThat(notifications[0].getParameter()).isEqualTo("hello");
            assertThat(listening.getNetworkTimeout()).isZero();
            tell("again");
            assertThat(pg.getNotifications(10_000))
                    .extracting(PGNotification::getParameter)
                    .containsExactly("again");
            assertThat(Connectors.ask(listening, "select 1")).isEqualTo("1");
        }
    }

    private void tell(String news) {
        try {
            server.execute("notify news, '" + news + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void copyCarriesMegabytesBothWays() throws Exception {
        try (Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            PGConnection pg = connection.unwrap(PGConnection.class);
            statement.execute("create temp table bulk (id int, text text)");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < ROWS; i++) {
                lines.append(i).append('\t').append("x".repeat(i % 100)).append('\n');
            }
            byte[] sent = lines.toString().getBytes(StandardCharsets.US_ASCII);

            assertThat(pg.getCopyAPI().copyIn("copy bulk from stdin", new ByteArrayInputStream(sent)))
                    .isEqualTo(ROWS);
            ByteArrayOutputStream received = new ByteArrayOutputStream(sent.length);
            assertThat(pg.getCopyAPI().copyOut("copy (select * from bulk order by id) to stdout", received))
                    .isEqualTo(ROWS);

            assertThat(sent).hasSizeGreaterThan(3_000_000);
            assertThat(Arrays.equals(received.toByteArray(), sent)).isTrue();
        }
    }

    @Test
    void largeValuesGoThereAndBack() throws SQLException {
        byte[] large = new byte[6_000_000];
        new Random(7).nextBytes(large);
        try (Connection connection = connector.getConnection();
                PreparedStatement statement = connection.prepareStatement("select ?::bytea, length(?::bytea)")) {
            statement.setBytes(1, large);
            statement.setBytes(2, large);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                assertThat(Arrays.equals(result.getBytes(1), large)).isTrue();
                assertThat(result.getInt(2)).isEqualTo(large.length);
            }
        }
    }

    @Test
    void largeResultsComeInPortions() throws SQLException {
        try (Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1_000);
            long sum = 0;
            try (ResultSet result = statement.executeQuery("select * from generate_series(1, " + ROWS + ")")) {
                while (result.next()) {
                    sum += result.getInt(1);
                }
            }
            connection.rollback();
            assertThat(sum).isEqualTo((long) ROWS * (ROWS + 1) / 2);
        }
    }

    @Test
    void statementsPreparedOnTheServerAndBatchesWork() throws SQLException {
        try (Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table batch (id int)");
            try (PreparedStatement insert = connection.prepareStatement("insert into batch values (?)")) {
                for (int i = 0; i < 2_000; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(2_000).containsOnly(1);
            }
            try (PreparedStatement count = connection.prepareStatement("select count(*) from batch where id >= ?")) {
                for (int i = 0; i < 10; i++) {
                    count.setInt(1, 1_000);
                    try (ResultSet result = count.executeQuery()) {
                        result.next();
                        assertThat(result.getInt(1)).isEqualTo(1_000);
                    }
                }
            }
        }
    }

    @Test
    void closingTheConnectorLeavesWhatItHandedOut() throws SQLException {
        try (Connection connection = connector.getConnection()) {
            connector.close();

            assertThat(Connectors.ask(connection, "select 1")).isEqualTo("1");
            assertThat(catchThrowableOfType(SQLException.class, connector::getConnection) == null)
                    .isFalse();
        }
    }

    @Test
    void closeTellsTheServerGoodbye() throws SQLException {
        Connection connection = connector.getConnection();
        int pid = connection.unwrap(PGConnection.class).getBackendPID();

        connection.close();

        try (Connection admin = server.connect()) {
            Await.until("the backend is gone", Duration.ofSeconds(5), () -> gone(admin, pid));
        }
    }

    private static boolean gone(Connection admin, int pid) {
        try {
            return Connectors.ask(admin, "select count(*) from pg_stat_activity where pid = " + pid)
                    .equals("0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
