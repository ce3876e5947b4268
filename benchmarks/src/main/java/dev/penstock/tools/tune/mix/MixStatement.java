package dev.penstock.tools.tune.mix;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A statement of a mix.
 *
 * @param line where it begins in its file, from 1
 * @param sql as JDBC has it, with a question mark for each parameter
 * @param parameters in the order of the question marks
 */
record MixStatement(int line, String sql, List<Parameter> parameters) {
    MixStatement {
        parameters = List.copyOf(parameters);
    }

    /** Runs it with values of its own, and reads all that it returns. */
    void run(Connection connection, RandomGenerator random) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).bind(statement, i + 1, random);
            }
            boolean rows = statement.execute();
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    readAll(statement);
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private static void readAll(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            boolean more = result.next();
            while (more) {
                more = result.next();
            }
        }
    }
}
