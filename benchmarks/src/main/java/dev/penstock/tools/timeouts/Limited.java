package dev.penstock.tools.timeouts;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.SessionSettings;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A pool of sessions with limits. Thread-safe. */
final class Limited implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(2);

    /** The limit, a grace of 1 s and a quarter of a second. */
    static final Duration MUST = Duration.ofMillis(3_250);

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String LONG = "select pg_sleep(60)";

    /** The server's own line, on whatever version: what is left is the client's. */
    static final String SERVER_LINE_OFF =
            "select set_config(name, '0', false) from pg_settings where name in ('statement_timeout',"
                    + " 'idle_in_transaction_session_timeout', 'transaction_timeout', 'idle_session_timeout')";

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "tools-caller");
        thread.setDaemon(true);
        thread.start();
    };

    private final List<String> enforced = new CopyOnWriteArrayList<>();
    private final PenstockHikariDataSource pool;

    private Limited(HikariConfig config, Consumer<SessionSettings.Builder> limits) {
        config.setMinimumIdle(0);
        pool = new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(limits)
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(line(event));
                            }
                        })
                        .build());
    }

    static Limited plain(PostgresServer server, String url, int size, Consumer<SessionSettings.Builder> limits) {
        return plain(url, server.user(), server.password(), size, limits);
    }

    static Limited plain(String url, String user, String password, int size, Consumer<SessionSettings.Builder> limits) {
        Properties driver = new Properties();
        driver.setProperty("sslmode", "disable");
        return open(url, user, password, driver, size, limits);
    }

    static Limited tls(PostgresServer server, String url, int size, Consumer<SessionSettings.Builder> limits) {
        Properties driver = Objects.requireNonNull(server.tls()).verifyFull();
        return open(url, server.user(), server.password(), driver, size, limits);
    }

    static Limited of(
            boolean tls, PostgresServer server, String url, int size, Consumer<SessionSettings.Builder> limits) {
        return tls ? tls(server, url, size, limits) : plain(server, url, size, limits);
    }

    private static Limited open(
            String url,
            String user,
            String password,
            Properties driver,
            int size,
            Consumer<SessionSettings.Builder> limits) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setDataSourceProperties(driver);
        return new Limited(config, limits);
    }

    static void statements(SessionSettings.Builder session) {
        session.statementTimeout(LIMIT);
    }

    Connection borrow() throws SQLException {
        return pool.getConnection();
    }

    /** With the server's line taken away. */
    List<Connection> borrow(int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = pool.getConnection();
            execute(connection, SERVER_LINE_OFF);
            borrowed.add(connection);
        }
        return borrowed;
    }

    /** What was enforced so far, a line each. */
    List<String> enforced() {
        return enforced;
    }

    static String line(PenstockListener.TimeoutEnforced event) {
        return event.describe().lines().findFirst().orElse("");
    }

    // ---- what is done with its connections -----------------------------------------------------

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** How many sessions run a statement that begins so, as another connection sees it. */
    static int running(Connection observer, String begin) {
        return running(observer, begin, Duration.ZERO);
    }

    /** The same, of those that have been running for longer than that by the server's clock. */
    static int running(Connection observer, String begin, Duration longer) {
        try {
            return number(
                    observer,
                    "select count(*) from pg_stat_activity where state = 'active' and query like '" + begin
                            + "%' and clock_timestamp() - query_start > '" + longer.toMillis() + " ms'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends what goes on running on the server though its client is gone. */
    static void terminate(Connection observer) throws SQLException {
        execute(
                observer,
                "select pg_terminate_backend(pid) from pg_stat_activity where query = '" + LONG + "' and pid <> "
                        + "pg_backend_pid()");
        Await.until("they are gone", PATIENCE, () -> running(observer, LONG) == 0);
    }

    static boolean isReusable(Connection connection) {
        try {
            return number(connection, "select 1") == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    static CompletableFuture<Ending> start(Ending.Work work) {
        return supply(() -> Ending.of(work));
    }

    static <T> CompletableFuture<T> supply(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS);
    }

    static List<CompletableFuture<Ending>> start(List<Connection> connections, String sql) {
        return connections.stream()
                .map(connection -> start(() -> execute(connection, sql)))
                .toList();
    }

    static List<Ending> await(List<CompletableFuture<Ending>> calls) throws Exception {
        List<Ending> endings = new ArrayList<>();
        for (CompletableFuture<Ending> call : calls) {
            endings.add(call.get());
        }
        return endings;
    }

    static void close(List<Connection> connections) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
