package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeoutException;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A pool whose sessions have limits, and what was enforced in it. Thread-safe. */
final class LimitedPool implements AutoCloseable {
    /** The server's own line is taken away: what holds is the client's. */
    private static final String SERVER_LINE_OFF =
            "select set_config(name, '0', false) from pg_settings where name in ('statement_timeout',"
                    + " 'idle_in_transaction_session_timeout', 'transaction_timeout', 'idle_session_timeout')";

    private final List<PenstockListener.TimeoutEnforced> enforced = new CopyOnWriteArrayList<>();
    private final PenstockHikariDataSource pool;

    private LimitedPool(HikariConfig config, Consumer<SessionSettings.Builder> limits) {
        pool = new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(limits)
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(event);
                            }
                        })
                        .build());
    }

    static LimitedPool plain(PostgresServer server, String url, int size, Consumer<SessionSettings.Builder> limits) {
        Properties plain = new Properties();
        plain.setProperty("sslmode", "disable");
        return open(server, url, plain, size, limits);
    }

    static LimitedPool tls(PostgresServer server, String url, int size, Consumer<SessionSettings.Builder> limits) {
        return open(server, url, Objects.requireNonNull(server.tls()).verifyFull(), size, limits);
    }

    private static LimitedPool open(
            PostgresServer server, String url, Properties driver, int size, Consumer<SessionSettings.Builder> limits) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(size);
        config.setDataSourceProperties(driver);
        return open(config, limits);
    }

    /** Opens no connection before the first borrow. */
    static LimitedPool open(HikariConfig config, Consumer<SessionSettings.Builder> limits) {
        config.setMinimumIdle(0);
        config.setConnectionTimeout(20_000);
        config.setConnectionInitSql(SERVER_LINE_OFF);
        return new LimitedPool(config, limits);
    }

    PenstockHikariDataSource dataSource() {
        return pool;
    }

    List<PenstockListener.TimeoutEnforced> enforced() {
        return enforced;
    }

    /** Work that is cut, or not. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** SQLState, and the limit that is named in the chain of causes if one is; "done" if nothing is thrown. */
    static String ending(Work work) {
        try {
            work.run();
            return "done";
        } catch (SQLException e) {
            for (Throwable next = e; next != null; next = next.getCause()) {
                if (next instanceof SessionTimeoutException reason) {
                    return e.getSQLState() + " " + reason.limit();
                }
            }
            return String.valueOf(e.getSQLState());
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
