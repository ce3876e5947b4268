package dev.penstock.tools.tune.mix;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a caller does with one borrowed connection.
 *
 * @param name for people
 * @param weight how often it is drawn, beside the weights of the others; 1 or more
 * @param line of its file where it begins
 * @param transaction whether its statements are one; if not it is one statement in autocommit
 * @param statements one or more
 */
public record WorkUnit(String name, int weight, int line, boolean transaction, List<MixStatement> statements) {
    /** Copies the list. */
    public WorkUnit {
        statements = List.copyOf(statements);
    }

    /** Does it; a transaction that fails is left open, because the pool rolls it back. */
    public void run(Connection connection, RandomGenerator random) throws SQLException {
        if (transaction) {
            connection.setAutoCommit(false);
        }
        for (MixStatement statement : statements) {
            statement.run(connection, random);
        }
        if (transaction) {
            connection.commit();
        }
    }
}
