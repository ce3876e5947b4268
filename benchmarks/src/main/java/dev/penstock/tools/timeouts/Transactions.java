package dev.penstock.tools.timeouts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Transactions that take too long on majors whose server has no limit for them. */
final class Transactions {
    private static final int[] MAJORS = {14, 15, 16};

    /** Each statement is over soon, and survives whatever is cancelled in it. */
    private static final String STUBBORN =
            "do $$ begin perform pg_sleep(0.005); exception when query_canceled then null; end $$";

    private Transactions() {}

    static List<Row> rows(Means means) {
        List<Row> rows = new ArrayList<>();
        for (int major : MAJORS) {
            try (PostgresServer server = PostgresServer.start(major)) {
                rows.addAll(rows(means, server));
            } catch (Exception e) {
                rows.add(Row.notMeasured("transaction limit, PostgreSQL " + major, e));
            }
        }
        return rows;
    }

    private static List<Row> rows(Means means, PostgresServer server) throws Exception {
        String name = "transaction limit, PostgreSQL " + server.major();
        return List.of(
                new Promise(name + ": one long statement", Limited.MUST, "57014")
                        .measure(means, () -> run(server, Limited.LONG)),
                new Promise(name + ": many short ones", Limited.MUST, "08006" + Ending.TOLD_WHY)
                        .measure(means, () -> run(server, STUBBORN)));
    }

    private static Ending run(PostgresServer server, String sql) throws Exception {
        try (Limited pool = Limited.plain(
                        server, server.jdbcUrl(), 1, session -> session.transactionTimeout(Limited.LIMIT));
                Connection connection = pool.borrow()) {
            connection.setAutoCommit(false);
            return Ending.of(() -> repeat(connection, sql));
        }
    }

    private static void repeat(Connection connection, String sql) throws SQLException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < Limited.PATIENCE.toNanos()) {
            Limited.execute(connection, sql);
        }
    }
}
