package dev.penstock.lab.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Statements of which each is short, and all of them together are not. */
final class Statements {
    private static final int BATCH = 20;

    private Statements() {}

    static void batch(Connection connection, Pace pace) throws SQLException {
        Copies.createTable(connection, "batched");
        insert(connection, pace, "batched");
    }

    static void batchInATransaction(Connection connection, Pace pace) throws SQLException {
        Copies.createTable(connection, "batched_in_transaction");
        connection.setAutoCommit(false);
        insert(connection, pace, "batched_in_transaction");
        connection.commit();
    }

    private static void insert(Connection connection, Pace pace, String table) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + table + " select 'x' from pg_sleep(?)")) {
            for (int i = 0; i < BATCH; i++) {
                insert.setDouble(1, pace.longer().toMillis() / 1_000.0 * 4 / 3 / BATCH);
                insert.addBatch();
            }
            Expect.same(
                    "rows of the batch",
                    BATCH,
                    Arrays.stream(insert.executeBatch()).sum());
        }
    }

    static void severalInOne(Connection connection, Pace pace) throws SQLException {
        String one =
                "select pg_sleep(" + Pace.seconds(pace.limit().multipliedBy(7).dividedBy(10)) + ");";
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(one + one + one + "select 4");
            for (int i = 0; i < 3; i++) {
                Expect.same("one more result", true, statement.getMoreResults());
            }
            try (ResultSet last = statement.getResultSet()) {
                Expect.same("one more row", true, last.next());
                Expect.same("the last result", 4, last.getInt(1));
            }
        }
    }
}
