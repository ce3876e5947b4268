package dev.penstock.budget.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.pgbouncer.PoolMode;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** What it asks, and that nothing is left of it. */
@WithPostgres
class BudgetProbeTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theConnectionIsAsItWas(boolean autoCommit, PostgresServer server) throws SQLException {
        try (Connection connection = server.connect()) {
            Crowd.run(connection, "set search_path = nowhere");
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, 7_000);
            BaseConnection session = connection.unwrap(BaseConnection.class);
            session.setPrepareThreshold(1);

            Reading reading = BudgetProbe.read(connection);

            assertThat(reading.pooler()).isNull();
            assertThat(session.getTransactionState()).isEqualTo(TransactionState.IDLE);
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(connection.getNetworkTimeout()).isEqualTo(7_000);
            session.setPrepareThreshold(0);
            assertThat(Crowd.ask(connection, "select count(*) from pg_catalog.pg_prepared_statements"))
                    .isEqualTo("0");
        }
    }

    /** Whoever may create things in a schema of the path could else answer in the server's place. */
    @Test
    void nobodysViewsAndOperatorsAnswerInItsPlace(PostgresServer server) throws SQLException {
        server.execute("drop database if exists trap", "create database trap");
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/trap";
        try (Connection connection = DriverManager.getConnection(url, server.credentials())) {
            Await.until("sessions that were closed to leave", Duration.ofSeconds(10), () -> isAlone(connection));
            Reading honest = BudgetProbe.read(connection);
            Crowd.run(
                    connection,
                    "create schema evil",
                    "create view evil.pg_stat_activity as select 'evil' as application_name",
                    "create view evil.pg_roles as select 'evil' as rolname",
                    "create function evil.count() returns bigint language sql as 'select 7::bigint'",
                    "create function evil.no(name, name) returns bool language sql as 'select false'",
                    "create function evil.no(name, text) returns bool language sql as 'select false'",
                    "create function evil.no(text, text) returns bool language sql as 'select false'",
                    "create function evil.no(int, int) returns bool language sql as 'select false'",
                    "create operator evil.= (leftarg = name, rightarg = name, function = evil.no)",
                    "create operator evil.= (leftarg = name, rightarg = text, function = evil.no)",
                    "create operator evil.= (leftarg = text, rightarg = text, function = evil.no)",
                    "create operator evil.= (leftarg = int, rightarg = int, function = evil.no)",
                    "set search_path = evil, pg_catalog");

            Reading asked = BudgetProbe.read(connection);

            assertThat(asked.server()).isEqualTo(honest.server());
            assertThat(asked.census().own()).isEqualTo(1);
            assertThat(asked.census().sessions()).isEqualTo(honest.census().sessions());
        }
    }

    private static boolean isAlone(Connection connection) {
        try {
            return BudgetProbe.read(connection).census().sessions() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTransactionIsLeftAlone(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect()) {
            Crowd.run(connection, "begin");

            assertThatThrownBy(() -> BudgetProbe.read(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25001"))
                    .hasMessageContaining("in a transaction");
            assertThat(connection.unwrap(BaseConnection.class).getTransactionState())
                    .isEqualTo(TransactionState.OPEN);
        }
    }

    /** It has its time, and no more. */
    @Test
    void aSilentServerIsNotWaitedForForEver(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("127.0.0.1", proxy.port()), server.credentials())) {
            proxy.stallOpen();

            assertThatThrownBy(() -> BudgetProbe.read(connection, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"))
                    .hasMessageContaining("127.0.0.1:" + proxy.port() + " did not say what its limits and sessions are"
                            + " (it has at most 200 ms to answer): ");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aRefusalIsTheServers(PostgresServer server) throws SQLException {
        server.execute("drop database if exists dim", "create database dim");
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/dim";
        try (Connection connection = DriverManager.getConnection(url, server.credentials())) {
            Crowd.run(connection, "revoke select on pg_catalog.pg_stat_activity from public");
            Crowd.run(connection, "set role pg_read_all_settings");

            assertThatThrownBy(() -> BudgetProbe.read(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                    .hasMessageContaining("permission denied for view pg_stat_activity");
        }
    }

    @ParameterizedTest
    @EnumSource
    @NeedsPgBouncer
    void aPoolerIsSeen(PoolMode mode, PostgresServer server) throws SQLException {
        try (PgBouncer bouncer = PgBouncer.inFrontOf(server)
                        .poolMode(mode)
                        .defaultPoolSize(1)
                        .start();
                Connection connection = bouncer.connect()) {
            Reading reading = BudgetProbe.read(connection);

            assertThat(reading.pooler())
                    .startsWith("a connection pooler stands in between: the session's key is of process ")
                    .contains(
                            ", but process " + Crowd.ask(connection, "select pg_backend_pid()") + " serves it.",
                            "the session that asked is the pooler's, logged in as " + server.user());
            assertThat(reading.server().maxConnections())
                    .isEqualTo(Integer.parseInt(Crowd.ask(connection, "show max_connections")));
            assertThat(reading.census().own()).isEqualTo(1);
            assertThat(reading.free().terms())
                    .as("its session stays")
                    .last()
                    .hasToString("the one that asked, which ends: 0");
            assertThat(Crowd.ask(connection, "select count(*) from pg_prepared_statements"))
                    .isEqualTo("0");
        }
    }
}
