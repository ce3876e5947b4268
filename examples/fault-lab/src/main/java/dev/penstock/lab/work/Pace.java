package dev.penstock.lab.work;

import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * How much {@link AllowedWork} does, and how slowly. The clock is the server's, asked over a connection that has no
 * limits: a pause has not ended before the server says that it has.
 *
 * <p>For one thread.
 */
public final class Pace implements AutoCloseable {
    private final PostgresServer server;
    private final Duration limit;
    private final Duration longer;
    private final long copyBytes;
    private final Connection clock;

    /**
     * Connects the clock.
     *
     * @param limit that the work is not held to
     * @param longer than the limit and the grace after it
     * @param copyBytes of each COPY that may be large, in lines of {@value Copies#LINE}
     */
    public Pace(PostgresServer server, Duration limit, Duration longer, long copyBytes) throws SQLException {
        this.server = server;
        this.limit = limit;
        this.longer = longer;
        this.copyBytes = copyBytes;
        this.clock = server.connect();
    }

    Duration limit() {
        return limit;
    }

    Duration longer() {
        return longer;
    }

    long copyBytes() {
        return copyBytes;
    }

    /** For longer than the limit and its grace. */
    void pause() throws SQLException {
        pause(longer);
    }

    void pause(Duration time) throws SQLException {
        execute(clock, sleep(time));
    }

    /** Has somebody else execute that after some time longer than the limit. */
    void later(String sql) {
        Thread other = new Thread(() -> sleepAndExecute(sql), "lab-later");
        other.setDaemon(true);
        other.start();
    }

    private void sleepAndExecute(String sql) {
        try {
            server.execute(sleep(longer), sql);
        } catch (SQLException e) {
            throw new IllegalStateException("nobody will hear of " + sql, e);
        }
    }

    private static String sleep(Duration time) {
        return "select pg_sleep(" + seconds(time) + ")";
    }

    /** As PostgreSQL reads them. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1_000.0);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        clock.close();
    }
}
