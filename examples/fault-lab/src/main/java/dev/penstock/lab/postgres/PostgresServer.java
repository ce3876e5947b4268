package dev.penstock.lab.postgres;

import dev.penstock.lab.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on the loopback interface, which can be frozen, killed and started again.
 *
 * <p>Passwords are asked for (SCRAM) as on a real server, because the handshake is part of what a connector has to
 * survive; nothing is synced to disk, because the data is thrown away. Which engine runs it (embedded or Docker) is
 * decided by {@code -Dpenstock.test.postgres=docker|embedded|auto}, the major by
 * {@code -Dpenstock.test.postgres.major} (17). Thread-safe; several servers may run at once.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String HOST = "127.0.0.1";
    private static final String COUNT_BACKENDS = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private final PostgresPlan plan;
    private final PostgresEngine engine;

    PostgresServer(PostgresPlan plan, PostgresEngine engine) {
        this.plan = plan;
        this.engine = engine;
    }

    /** Starts a server of the default major with the default settings. */
    public static PostgresServer start() {
        return builder().start();
    }

    /** Starts a server of the given major, for example 17. */
    public static PostgresServer start(int major) {
        return builder().major(major).start();
    }

    public static PostgresServerBuilder builder() {
        return new PostgresServerBuilder();
    }

    public int major() {
        return plan.major();
    }

    /** Always 127.0.0.1, whatever other addresses the server listens on. */
    public String host() {
        return HOST;
    }

    public int port() {
        return plan.port();
    }

    /** {@link #host()} and {@link #port()}, as the target of a proxy. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    public String database() {
        return "postgres";
    }

    /** A superuser. */
    public String user() {
        return USER;
    }

    public String password() {
        return plan.password();
    }

    /** The URL of the server itself, without credentials. */
    public String jdbcUrl() {
        return jdbcUrl(HOST, port());
    }

    /** The URL of this database by way of another address, for example a proxy's; without credentials. */
    public String jdbcUrl(String host, int port) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + literal + ":" + port + "/" + database();
    }

    /** User and password, to be added to by the caller. */
    public Properties credentials() {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password());
        return properties;
    }

    /** The certificates that the server was started with, or null when it speaks no TLS. */
    public @Nullable TlsMaterial tls() {
        return plan.tls();
    }

    /** A new administrative connection, straight to the server. */
    public Connection connect() throws SQLException {
        Properties properties = credentials();
        properties.setProperty("ApplicationName", "penstock-lab");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** Runs statements as the superuser, each in its own transaction. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** How many client backends carry this application name; the connection that asks is not counted. */
    public int backendCount(String applicationName) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement(COUNT_BACKENDS + " AND application_name = ?")) {
            statement.setString(1, applicationName);
            return only(statement.executeQuery());
        }
    }

    /** How many client backends there are in all; the connection that asks is not counted. */
    public int backendCount() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(COUNT_BACKENDS)) {
            return only(statement.executeQuery());
        }
    }

    private static int only(ResultSet result) throws SQLException {
        try (result) {
            result.next();
            return result.getInt(1);
        }
    }

    /** The postmaster's process id. */
    public long pid() {
        return engine.pid();
    }

    /** {@code embedded} or {@code docker}. */
    public String engine() {
        return engine.name();
    }

    /**
     * Stops every server process where it stands: connects are still accepted by the kernel, but nobody answers. What
     * a hung virtual machine looks like.
     */
    public void freeze() {
        engine.freeze();
    }

    /** Undoes {@link #freeze()}; what was sent meanwhile is answered now. */
    public void thaw() {
        engine.thaw();
    }

    /** Ends every server process without a word, so that the kernel closes the connections. */
    public void kill9() {
        engine.kill();
    }

    /** {@link #kill9()}, then starts again and recovers; returns when the server accepts connections. */
    public void crashAndRestart() {
        engine.kill();
        restart();
    }

    /** Stops in order (when it runs) and starts again on the same port; returns when it accepts connections. */
    public void restart() {
        engine.restart();
        Await.until("PostgreSQL after its restart", Duration.ofSeconds(30), this::accepts);
    }

    private boolean accepts() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The last lines that the server logged. */
    public String logTail() {
        return engine.logTail();
    }

    /** Ends every process that was started and removes the data. Calling it again does nothing. */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major() + " (" + engine.name() + ") at " + HOST + ":" + port();
    }
}
