package dev.penstock.lab.work;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Results that the application takes its time to read. */
final class Reading {
    private Reading() {}

    /** Thinks in the middle of what was fetched, with more to fetch. */
    static void cursor(Connection connection, Pace pace) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(500);
            expect(statement.executeQuery("select i from generate_series(1, 1000) i"), 1_000, 400, pace);
        }
        connection.commit();
    }

    static void largeResult(Connection connection, Pace pace) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            expect(
                    statement.executeQuery("select i, repeat('x', 100) from generate_series(1, 20000) i"),
                    20_000,
                    10_000,
                    pace);
        }
    }

    /** That it has all rows, with a pause after one of them. */
    private static void expect(ResultSet rows, int all, int pauseAfter, Pace pace) throws SQLException {
        try (rows) {
            for (int i = 1; i <= all; i++) {
                Expect.same("row after " + (i - 1), true, rows.next());
                Expect.same("row", i, rows.getInt(1));
                if (i == pauseAfter) {
                    pace.pause();
                }
            }
            Expect.same("row after the last", false, rows.next());
        }
    }
}
