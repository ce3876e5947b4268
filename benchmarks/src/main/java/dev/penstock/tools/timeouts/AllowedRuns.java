package dev.penstock.tools.timeouts;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.SessionSettings;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.work.AllowedWork;
import dev.penstock.lab.work.AllowedWork.Limit;
import dev.penstock.lab.work.Pace;
import dev.penstock.lab.work.ReplicationStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Does work that takes longer than the limits of its session, over a real pool, with the server's line off.
 *
 * @param server with TLS and {@code wal_level=logical}
 * @param tls or plain
 */
record AllowedRuns(PostgresServer server, boolean tls) {
    /** Of each pause: limit, grace and half a second. */
    private static final Duration LONGER = Limited.LIMIT.plusMillis(1_500);

    private static final long FEW_BYTES = 4_000_000;

    /** Of what is not large. */
    Ending run(AllowedWork work) {
        return run(work, FEW_BYTES);
    }

    /** {@link Ending#NOT_CUT} if it went through, all of it has arrived, and the client has enforced nothing. */
    Ending run(AllowedWork work, long copyBytes) {
        try (Limited pool = Limited.of(tls, server, server.jdbcUrl(), 1, session -> limit(work, session));
                Pace pace = pace(copyBytes)) {
            Connection connection = pool.borrow(1).get(0);
            Ending ending = of(() -> work.on(connection, pace));
            // from here on the session may exceed the limit of being idle
            List<String> enforced = List.copyOf(pool.enforced());
            connection.close();
            return enforced.isEmpty() ? ending : ending.and(enforced.toString());
        } catch (SQLException e) {
            throw new IllegalStateException(work + " could not be tried", e);
        }
    }

    private static void limit(AllowedWork work, SessionSettings.Builder session) {
        session.statementTimeout(work.limit(Limit.STATEMENT, Limited.LIMIT))
                .transactionTimeout(work.limit(Limit.TRANSACTION, Limited.LIMIT))
                .idleInTransactionTimeout(work.limit(Limit.IDLE_IN_TRANSACTION, Limited.LIMIT))
                .idleSessionTimeout(work.limit(Limit.IDLE_SESSION, Limited.LIMIT));
    }

    private Pace pace(long copyBytes) throws SQLException {
        return new Pace(server, Limited.LIMIT, LONGER, copyBytes);
    }

    /** What has not arrived is an ending too. */
    private static Ending of(Ending.Work work) {
        long begun = System.nanoTime();
        try {
            return Ending.of(work);
        } catch (IllegalStateException e) {
            return new Ending(System.nanoTime() - begun, e.toString());
        }
    }

    /** No pool has connections for replication: these are the connector's. */
    Ending replication() {
        String slot = tls ? "quiet_tls" : "quiet_plain";
        List<String> enforced = new CopyOnWriteArrayList<>();
        try (PenstockConnector connector = connector(enforced);
                Connection connection = connector.getConnection();
                Pace pace = pace(FEW_BYTES)) {
            server.execute("create table " + slot + " (line text)");
            Ending ending = of(() -> ReplicationStream.on(connection, pace, slot));
            return enforced.isEmpty() ? ending : ending.and(enforced.toString());
        } catch (SQLException e) {
            throw new IllegalStateException("replication could not be tried", e);
        }
    }

    private PenstockConnector connector(List<String> enforced) {
        Properties driver = ReplicationStream.driver();
        driver.putAll(server.credentials());
        if (tls) {
            driver.putAll(Objects.requireNonNull(server.tls()).verifyFull());
        } else {
            driver.setProperty("sslmode", "disable");
        }
        return PenstockConnector.builder(server.jdbcUrl())
                .properties(driver)
                .config(PenstockConfig.builder()
                        .session(BackToBack::limits)
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(Limited.line(event));
                            }
                        })
                        .build())
                .build();
    }
}
