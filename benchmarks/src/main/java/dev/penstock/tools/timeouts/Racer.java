package dev.penstock.tools.timeouts;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs one race after the other. Its statements are made so long that every other one is cancelled: what is cancelled
 * makes the next one shorter, what is not longer.
 */
final class Racer implements Runnable {
    private static final double LEAST = 0.070;
    private static final double MOST = 0.180;
    private static final double STEP = 0.002;

    private final Source source;
    private final boolean gives;
    private final RaceTally tally;
    private double seconds = 0.095;

    /** What runs now, for whoever cancels without a guard; null: nothing that is meant. */
    volatile @Nullable Connection running;

    /** When that began. */
    volatile long since;

    /** Where its connections come from. */
    interface Source {
        Connection connection() throws SQLException;
    }

    /** Gives its connection back after each race, or keeps it. */
    Racer(Source source, boolean gives, RaceTally tally) {
        this.source = source;
        this.gives = gives;
        this.tally = tally;
    }

    @Override
    public void run() {
        while (tally.next()) {
            try {
                Connection connection = source.connection();
                try {
                    race(connection);
                } finally {
                    if (gives) {
                        connection.close();
                    }
                }
            } catch (SQLException e) {
                tally.failed(e, true, 0);
            }
        }
    }

    private void race(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!innocent(statement, true)) {
                return;
            }
            if (!guilty(connection, statement)) {
                return;
            }
            // the next statement is its own, or the next borrower's
            if (!gives || ThreadLocalRandom.current().nextBoolean()) {
                boolean unused = innocent(statement, false);
            }
        }
    }

    /** False if the connection is lost: a cancel request got no answer, so that nothing may follow it. */
    private boolean guilty(Connection connection, Statement statement) throws SQLException {
        String sql = String.format(Locale.ROOT, "select pg_sleep(%.4f)", seconds);
        since = System.nanoTime();
        running = connection;
        try {
            statement.execute(sql);
            seconds =
                    Math.min(MOST, seconds + STEP * ThreadLocalRandom.current().nextDouble());
            return true;
        } catch (SQLException e) {
            tally.cancelled.incrementAndGet();
            seconds =
                    Math.max(LEAST, seconds - STEP * ThreadLocalRandom.current().nextDouble());
            return "57014".equals(e.getSQLState());
        } finally {
            running = null;
        }
    }

    private boolean innocent(Statement statement, boolean first) {
        long begun = System.nanoTime();
        try (ResultSet result = statement.executeQuery("select 42 from pg_sleep(0.004)")) {
            return result.next();
        } catch (SQLException e) {
            tally.failed(e, first, System.nanoTime() - begun);
            return false;
        }
    }
}
