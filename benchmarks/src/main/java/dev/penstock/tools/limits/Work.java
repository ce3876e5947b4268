package dev.penstock.tools.limits;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a batch of round trips is. */
enum Work {
    PREPARED("one prepared statement") {
        @Override
        long nanos(Connection connection, int roundTrips) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
                long startedAt = System.nanoTime();
                for (int i = 0; i < roundTrips; i++) {
                    try (ResultSet result = statement.executeQuery()) {
                        checkOne(result);
                    }
                }
                return System.nanoTime() - startedAt;
            }
        }
    },

    STATEMENT("a new statement for each") {
        @Override
        long nanos(Connection connection, int roundTrips) throws SQLException {
            long startedAt = System.nanoTime();
            for (int i = 0; i < roundTrips; i++) {
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(QUERY)) {
                    checkOne(result);
                }
            }
            return System.nanoTime() - startedAt;
        }
    };

    private static final String QUERY = "select 1";

    private final String words;

    Work(String words) {
        this.words = words;
    }

    /** For the first line of a report. */
    String words() {
        return words;
    }

    /** Does that many round trips; how long they took, without what comes before and after them. */
    abstract long nanos(Connection connection, int roundTrips) throws SQLException;

    private static void checkOne(ResultSet result) throws SQLException {
        if (!result.next() || result.getInt(1) != 1) {
            throw new SQLException("'" + QUERY + "' must give 1");
        }
    }
}
