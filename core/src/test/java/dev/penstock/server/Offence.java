package dev.penstock.server;

import static dev.penstock.server.Sessions.only;
import static dev.penstock.server.Sessions.run;

import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeouts;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One limit is exceeded, and somebody does something about it, or nobody. */
final class Offence implements PenstockListener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final String NOBODY = "nobody";

    private final SessionLimit limit;
    private final PostgresServer server;
    private final CountDownLatch byClient = new CountDownLatch(1);

    private final boolean direct;

    Offence(SessionLimit limit, PostgresServer server, boolean direct) {
        this.limit = limit;
        this.server = server;
        this.direct = direct;
    }

    /**
     * What came of it.
     *
     * @param by server, client or nobody
     * @param sqlState of the call that was blocked, or of the next one
     * @param survives whether the connection can be used afterwards
     */
    record Outcome(String by, String sqlState, boolean survives) {}

    @Override
    public void timeoutEnforced(TimeoutEnforced event) {
        byClient.countDown();
    }

    Outcome commit(String url, Properties credentials) throws SQLException, InterruptedException {
        try (PenstockConnector connector = PenstockConnector.builder(url)
                        .properties(credentials)
                        .property("prepareThreshold", "0")
                        .config(config())
                        .build();
                Connection connection = connector.getConnection()) {
            String sqlState = offend(connection);
            return new Outcome(by(sqlState), sqlState.isEmpty() ? "none" : sqlState, connection.isValid(5));
        }
    }

    /** The client comes late enough for the server to be first, also on a busy machine: it cancels after a quarter. */
    private PenstockConfig config() {
        Duration grace = limit == SessionLimit.STATEMENT ? Duration.ofSeconds(4) : Duration.ofSeconds(1);
        SessionTimeouts one = SessionTimeouts.builder().limit(limit, LIMIT).build();
        return PenstockConfig.builder()
                .breaker(b -> b.mode(BreakerMode.OFF))
                .session(s -> s.grace(grace)
                        .statementTimeout(one.get(SessionLimit.STATEMENT))
                        .lockTimeout(one.get(SessionLimit.LOCK))
                        .idleInTransactionTimeout(one.get(SessionLimit.IDLE_IN_TRANSACTION))
                        .transactionTimeout(one.get(SessionLimit.TRANSACTION))
                        .idleSessionTimeout(one.get(SessionLimit.IDLE_SESSION)))
                .listener(this)
                .build();
    }

    private String by(String sqlState) throws InterruptedException {
        if (sqlState.isEmpty()) {
            return NOBODY;
        }
        if (!limit.sqlState().equals(sqlState)) {
            return byClient.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? "client" : NOBODY;
        }
        // a cancel looks the same, whoever has asked for it; the client's is told within two looks of the sweeper
        return byClient.await(500, TimeUnit.MILLISECONDS) ? "client" : "server";
    }

    /** SQLState of what was thrown; empty if nothing was. */
    private String offend(Connection connection) throws SQLException {
        return switch (limit) {
            case STATEMENT -> stateOf(() -> run(connection, "select pg_sleep(20)"));
            case LOCK -> waitForLock(connection);
            case IDLE_IN_TRANSACTION, TRANSACTION -> {
                connection.setAutoCommit(false);
                yield idle(connection);
            }
            case IDLE_SESSION -> idle(connection);
        };
    }

    private String idle(Connection connection) throws SQLException {
        int pid = Integer.parseInt(only(connection, "select pg_backend_pid()"));
        boolean own = direct || limit != SessionLimit.IDLE_SESSION; // a pooler lends it to others meanwhile
        try (Connection admin = server.connect()) {
            Await.until(
                    "the end of backend " + pid,
                    PATIENCE,
                    () -> byClient.getCount() == 0 || (own && isGone(pid, admin)));
        }
        return stateOf(() -> run(connection, "select 1"));
    }

    private static boolean isGone(int pid, Connection admin) {
        return !exists(admin, "select 1 from pg_stat_activity where pid = ?", pid);
    }

    /** Held until the other one has waited for four times as long as it should. */
    private String waitForLock(Connection connection) throws SQLException {
        try (Connection holder = server.connect();
                Connection admin = server.connect()) {
            run(holder, "select pg_advisory_lock(4711)");
            Thread release = new Thread(() -> release(holder, admin), "releases the lock");
            release.start();
            try {
                return stateOf(() -> run(connection, "select pg_advisory_xact_lock(4711)"));
            } finally {
                release.interrupt();
                join(release);
            }
        }
    }

    private static void release(Connection holder, Connection admin) {
        String waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like ? || '%'"
                + " and clock_timestamp() - query_start > interval '1200 ms'";
        try {
            if (Await.holdsWithin(PATIENCE, () -> exists(admin, waiting, "select pg_advisory_xact_lock(4711)"))) {
                run(holder, "select pg_advisory_unlock(4711)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean exists(Connection admin, String query, Object parameter) {
        try (PreparedStatement statement = admin.prepareStatement(query)) {
            statement.setObject(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static String stateOf(Work work) {
        try {
            work.run();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
