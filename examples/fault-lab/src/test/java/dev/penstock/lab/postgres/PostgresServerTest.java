package dev.penstock.lab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.process.ProcessTree;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private static PostgresServer server;

    @BeforeAll
    static void startOneThatAllTestsShare() {
        server = PostgresServer.builder()
                .listenAddresses("127.0.0.1, 127.0.0.2, ::1")
                .setting("max_connections", "40")
                .setting("log_line_prefix", "it's $1 \"quoted\" ")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void listensOnEveryAddressGiven() throws SQLException {
        for (String host : new String[] {"127.0.0.1", "127.0.0.2", "::1"}) {
            try (Connection connection = connect(server.jdbcUrl(host, server.port()), server.credentials())) {
                assertThat(connection.isValid(5)).as(host).isTrue();
            }
        }
    }

    @Test
    void asksForAPassword() {
        Properties wrong = server.credentials();
        wrong.setProperty("password", "wrong");

        assertThatThrownBy(() -> connect(server.jdbcUrl(), wrong))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void takesSettingsWithAnySign() throws SQLException {
        assertThat(show("max_connections")).isEqualTo("40");
        assertThat(show("log_line_prefix")).isEqualTo("it's $1 \"quoted\" ");
    }

    @Test
    void countsBackendsByApplicationName() throws SQLException {
        Properties properties = server.credentials();
        properties.setProperty("ApplicationName", "counted");
        try (Connection first = connect(server.jdbcUrl(), properties);
                Connection second = connect(server.jdbcUrl(), properties)) {
            assertThat(first.isValid(5) && second.isValid(5)).isTrue();
            assertThat(server.backendCount("counted")).isEqualTo(2);
            assertThat(server.backendCount()).isGreaterThanOrEqualTo(2);
            assertThat(server.backendCount("somebody else")).isZero();
        }
    }

    @Test
    void frozenItAcceptsAndSaysNothingUntilItIsThawed() throws Exception {
        server.freeze();
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write(SSL_REQUEST);
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            server.thaw();

            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isEqualTo('N');
        }
    }

    @Test
    void comesBackOnTheSamePortAfterACrashAndAfterARestart() throws SQLException {
        Connection before = server.connect();
        long pid = server.pid();

        server.crashAndRestart();

        assertThat(server.pid()).isNotEqualTo(pid);
        assertThatThrownBy(() -> before.createStatement().execute("SELECT 1")).isInstanceOf(SQLException.class);
        assertThat(show("max_connections")).isEqualTo("40");

        server.restart();

        assertThat(show("max_connections")).isEqualTo("40");
        assertThat(server.toString())
                .contains("PostgreSQL", "embedded".equals(server.engine()) ? "embedded" : "docker");
    }

    @Test
    void closedItLeavesNothingBehind() throws Exception {
        PostgresServer other = PostgresServer.builder()
                .trust()
                .hba("host all nobody all reject")
                .start();
        ProcessHandle process = ProcessHandle.of(other.pid()).orElseThrow();
        Path data = Path.of(single(other, "SHOW data_directory"));
        Properties nobody = new Properties();
        nobody.setProperty("user", "nobody");
        Properties trusted = new Properties();
        trusted.setProperty("user", other.user());
        assertThatThrownBy(() -> connect(other.jdbcUrl(), nobody)).hasMessageContaining("pg_hba.conf rejects");
        connect(other.jdbcUrl(), trusted).close();

        other.close();
        other.close();

        assertThat(new ProcessTree(process).isAlive()).isFalse();
        assertThat(data).doesNotExist();
        assertThat(Files.exists(data.getParent())).isFalse();
        new ServerSocket(other.port(), 1, Loopback.address(1)).close();
    }

    @Test
    void killedItCanStillBeClosed() {
        PostgresServer victim = PostgresServer.start();

        victim.kill9();

        assertThatThrownBy(victim::pid).hasMessageContaining("not running");
        victim.close();
    }

    private static String show(String setting) throws SQLException {
        return single(server, "SHOW " + setting);
    }

    private static String single(PostgresServer of, String sql) throws SQLException {
        try (Connection connection = of.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(String url, Properties properties) throws SQLException {
        return DriverManager.getConnection(url, properties);
    }
}
