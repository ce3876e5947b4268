package dev.penstock.lab.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.ProcessTree;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

@NeedsPgBouncer
@WithPostgres
class PgBouncerTest {
    private static final String PID = "SELECT pg_backend_pid()";

    @Test
    void byTransactionsClientsShareABackendAndWhatTheySet(PostgresServer server) throws SQLException {
        try (PgBouncer bouncer = PgBouncer.inFrontOf(server).defaultPoolSize(1).start();
                Connection one = bouncer.connect();
                Connection other = bouncer.connect()) {
            assertThat(ask(other, PID)).isEqualTo(ask(one, PID));

            one.createStatement().execute("SET statement_timeout = '17s'");

            assertThat(ask(other, "SHOW statement_timeout")).isEqualTo("17s");
        }
    }

    @Test
    void bySessionsEachClientHasABackend(PostgresServer server) throws SQLException {
        try (PgBouncer bouncer =
                        PgBouncer.inFrontOf(server).poolMode(PoolMode.SESSION).start();
                Connection one = bouncer.connect();
                Connection other = bouncer.connect()) {
            assertThat(ask(other, PID)).isNotEqualTo(ask(one, PID));

            one.createStatement().execute("SET statement_timeout = '17s'");

            assertThat(ask(other, "SHOW statement_timeout")).isEqualTo("0");
        }
    }

    @Test
    void refusesStartupParametersUnlessToldToIgnoreThem(PostgresServer server) throws SQLException {
        try (PgBouncer strict = PgBouncer.inFrontOf(server).start();
                PgBouncer lenient = PgBouncer.inFrontOf(server)
                        .ignoreStartupParameters("extra_float_digits", "options")
                        .start()) {
            assertThatThrownBy(() -> connectWithOptions(strict))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08P01"));
            try (Connection connection = connectWithOptions(lenient)) {
                assertThat(ask(connection, "SHOW statement_timeout")).isEqualTo("0");
            }
        }
    }

    private static Connection connectWithOptions(PgBouncer bouncer) throws SQLException {
        Properties properties = bouncer.credentials();
        properties.setProperty("options", "-c statement_timeout=17s");
        return DriverManager.getConnection(bouncer.jdbcUrl(), properties);
    }

    @Test
    void letsInTheRolesThatItWasGiven(PostgresServer server) throws SQLException {
        server.execute(
                "CREATE ROLE limited LOGIN PASSWORD 'it''s'", "ALTER ROLE limited SET statement_timeout = '17s'");
        try (PgBouncer bouncer =
                PgBouncer.inFrontOf(server).user("limited", "it's").start()) {
            try (Connection limited = DriverManager.getConnection(bouncer.jdbcUrl(), "limited", "")) {
                assertThat(ask(limited, "SHOW statement_timeout")).isEqualTo("17s");
            }
            assertThatThrownBy(() -> DriverManager.getConnection(bouncer.jdbcUrl(), "stranger", ""))
                    .isInstanceOf(SQLException.class);
        } finally {
            server.execute("DROP ROLE limited");
        }
    }

    @Test
    void standsBeforeAProxyToo(PostgresServer server) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PgBouncer bouncer =
                        PgBouncer.inFrontOf(server, proxy.socketAddress()).start();
                Connection connection = bouncer.connect()) {
            assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closedItLeavesNothingBehindWhoeverIsConnected(PostgresServer server) throws Exception {
        PgBouncer bouncer = PgBouncer.inFrontOf(server).start();
        ProcessHandle process = ProcessHandle.of(bouncer.pid()).orElseThrow();
        Path ini = Path.of(
                process.info().arguments().map(words -> words[words.length - 1]).orElseThrow());
        assertThat(Files.isDirectory(ini.getParent())).isTrue();
        try (Connection connection = bouncer.connect()) {
            connection.setAutoCommit(false);
            assertThat(bouncer.isAlive()).isTrue();
            assertThat(ask(connection, "SELECT 1")).isEqualTo("1");

            bouncer.close();
            bouncer.close();

            assertThatThrownBy(() -> ask(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(bouncer.isAlive()).isFalse();
        assertThat(ProcessTree.isAlive(process)).isFalse();
        assertThat(ini.getParent()).doesNotExist();
        new ServerSocket(bouncer.port(), 1, Loopback.address(1)).close();
    }

    @Test
    void saysWhatIsWrong(PostgresServer server) {
        PgBouncerBuilder wrong = PgBouncer.inFrontOf(server).setting("pool_mode", "sometimes");

        assertThatThrownBy(wrong::start)
                .hasMessageContaining("PgBouncer did not start. Its log ends:")
                .hasMessageContaining("pool_mode");
        assertThatThrownBy(() -> wrong.defaultPoolSize(0)).hasMessage("defaultPoolSize must be 1 or more, but was 0");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
