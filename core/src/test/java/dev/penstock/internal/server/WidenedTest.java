package dev.penstock.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

@WithPostgres
class WidenedTest {
    private static final Map<SessionLimit, Long> HOUR =
            Map.of(SessionLimit.STATEMENT, 3_600_000L, SessionLimit.LOCK, 1_800_000L);

    private FaultProxy proxy;
    private Connection connection;
    private BaseConnection session;

    @BeforeEach
    void connect(PostgresServer server) throws SQLException {
        proxy = FaultProxy.to(server.address());
        Properties properties = server.credentials();
        properties.setProperty("options", "-c statement_timeout=1500");
        connection = DriverManager.getConnection(server.jdbcUrl("127.0.0.1", proxy.port()), properties);
        session = connection.unwrap(BaseConnection.class);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        proxy.close();
    }

    private String only(String query) throws SQLException {
        return only(connection, query);
    }

    private static String only(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private void run(String sql) throws SQLException {
        run(connection, sql);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void isAsBefore() throws SQLException {
        assertThat(only("show statement_timeout")).isEqualTo("1500ms");
        assertThat(only("show lock_timeout")).isEqualTo("7s");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOldValuesComeBackNotTheDefaults(boolean autoCommit) throws SQLException {
        run("set lock_timeout = '7s'");
        connection.setAutoCommit(autoCommit);

        Widened widened = Widened.widen(session, PoolerMode.AUTO, HOUR);

        assertThat(session.getTransactionState()).as("nothing was begun").isEqualTo(TransactionState.IDLE);
        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        assertThat(only("show statement_timeout")).isEqualTo("1h");
        assertThat(only("show lock_timeout")).isEqualTo("30min");

        widened.restore();

        assertThat(session.getTransactionState()).isEqualTo(TransactionState.IDLE);
        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        isAsBefore();
    }

    @Test
    void whatTheApplicationRollsBackDoesNotUndoIt() throws SQLException {
        run("set lock_timeout = '7s'");
        connection.setAutoCommit(false);
        Widened widened = Widened.widen(session, PoolerMode.AUTO, HOUR);
        run("select 1");
        connection.rollback();
        assertThat(only("show statement_timeout")).isEqualTo("1h");

        widened.restore();

        isAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"set statement_timeout = '2h'", "select 1/0"})
    void aTransactionThatIsOpenIsRolledBackFirst(String inIt) throws SQLException {
        run("set lock_timeout = '7s'");
        connection.setAutoCommit(false);
        Widened widened = Widened.widen(session, PoolerMode.AUTO, HOUR);
        try {
            run(inIt);
        } catch (SQLException failed) {
            assertThat(session.getTransactionState()).isEqualTo(TransactionState.FAILED);
        }

        widened.restore();

        assertThat(session.getTransactionState()).isEqualTo(TransactionState.IDLE);
        isAsBefore();
    }

    @Test
    void alsoOneThatAStatementHasBegun() throws SQLException {
        run("set lock_timeout = '7s'");
        Widened widened = Widened.widen(session, PoolerMode.AUTO, HOUR);
        run("begin");

        widened.restore();

        assertThat(session.getTransactionState()).isEqualTo(TransactionState.IDLE);
        isAsBefore();
    }

    @Test
    void nothingIsSetInATransaction() throws SQLException {
        run("begin");

        assertThatThrownBy(() -> Widened.widen(session, PoolerMode.AUTO, HOUR))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25001"));
        assertThat(only("show statement_timeout")).isEqualTo("1500ms");
    }

    @Test
    void eachIsOneRoundTrip() throws SQLException {
        run("set lock_timeout = '7s'");
        Widened widened = Widened.widen(session, PoolerMode.AUTO, HOUR);
        run("select 1");
        long before = proxy.bytesFromServer();
        widened.restore();

        // one ReadyForQuery of six bytes, one row: a second round trip would not fit
        assertThat(proxy.bytesFromServer() - before).isBetween(50L, 190L);
    }

    @Test
    void whatTheServerDoesNotKnowIsLeftOut() throws SQLException {
        try (PostgresServer older = PostgresServer.builder().major(16).start();
                Connection other = older.connect()) {
            BaseConnection old = other.unwrap(BaseConnection.class);
            Widened widened = Widened.widen(
                    old, PoolerMode.AUTO, Map.of(SessionLimit.TRANSACTION, 60_000L, SessionLimit.LOCK, 9_000L));
            try (Statement statement = other.createStatement();
                    ResultSet row = statement.executeQuery("show lock_timeout")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("9s");
            }
            widened.restore();
            Widened.widen(old, PoolerMode.AUTO, Map.of(SessionLimit.TRANSACTION, 60_000L))
                    .restore();
        }
    }

    /** A pooler may take over an address that was known to be direct. */
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NONE"})
    @NeedsPgBouncer
    void whereAnotherProcessServesTheSessionNothingIsSet(PoolerMode mode, PostgresServer server) throws SQLException {
        try (PgBouncer bouncer = PgBouncer.inFrontOf(server).defaultPoolSize(1).start();
                Connection pooled = bouncer.connect();
                Connection other = bouncer.connect()) {
            BaseConnection client = pooled.unwrap(BaseConnection.class);
            assertThat(client.getBackendPID()).isNotEqualTo(Integer.parseInt(only(pooled, "select pg_backend_pid()")));

            Widened widened = Widened.widen(client, mode, HOUR);

            // what somebody has said is believed: there is one server connection, and the other client has it too
            assertThat(only(other, "show statement_timeout")).isEqualTo(mode == PoolerMode.AUTO ? "0" : "1h");
            widened.restore();
            assertThat(only(other, "show statement_timeout")).isEqualTo("0");
        }
    }

    @Test
    @NeedsPgBouncer
    void whatWasNotSetIsNotRestored(PostgresServer server) throws SQLException {
        try (PgBouncer bouncer = PgBouncer.inFrontOf(server).defaultPoolSize(1).start();
                Connection pooled = bouncer.connect();
                Connection other = bouncer.connect()) {
            Widened widened = Widened.widen(pooled.unwrap(BaseConnection.class), PoolerMode.AUTO, HOUR);
            run(other, "set statement_timeout = '3s'");

            widened.restore();

            assertThat(only(other, "show statement_timeout")).isEqualTo("3s");
        }
    }

    @Test
    void aFailureIsThrown() throws SQLException {
        Widened widened = Widened.widen(session, PoolerMode.AUTO, HOUR);
        proxy.resetOpen();

        assertThatThrownBy(widened::restore).isInstanceOf(SQLException.class);
    }

    // ---- SET LOCAL -----------------------------------------------------------------------------

    @Test
    void aTransactionBeginsWithItsLimits() throws SQLException {
        SetLocal local = SetLocal.of(Map.of(
                SessionLimit.STATEMENT, 4_000L, SessionLimit.LOCK, 2_000L, SessionLimit.IDLE_IN_TRANSACTION, 1L));
        connection.setAutoCommit(false);

        assertThat(local.begin(session)).isTrue();
        assertThat(session.getTransactionState()).isEqualTo(TransactionState.OPEN);
        assertThat(local.begin(session)).as("begun already").isFalse();
        assertThat(only("show statement_timeout")).isEqualTo("4s");
        assertThat(only("show lock_timeout")).isEqualTo("2s");
        assertThat(only("show idle_in_transaction_session_timeout")).isEqualTo("0");

        connection.commit();
        assertThat(only("show statement_timeout")).isEqualTo("1500ms");
    }

    @Test
    void inAutocommitNothingIsSent() throws SQLException {
        SetLocal local = SetLocal.of(Map.of(SessionLimit.STATEMENT, 4_000L));
        long before = proxy.bytesFromClient();

        assertThat(local.begin(session)).isFalse();

        assertThat(proxy.bytesFromClient()).isEqualTo(before);
        assertThat(SetLocal.of(Map.of(SessionLimit.TRANSACTION, 4_000L)).isEmpty())
                .isTrue();
    }
}
