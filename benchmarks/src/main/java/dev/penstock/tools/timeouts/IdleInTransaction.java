package dev.penstock.tools.timeouts;

import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A transaction that is left open, with the server's line off: until the server has rolled it back. */
final class IdleInTransaction {
    private IdleInTransaction() {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (boolean tls : new boolean[] {false, true}) {
            rows.add(new Promise(
                            "idle in transaction, server line off" + (tls ? ", TLS" : ", plain"),
                            Limited.MUST,
                            "gone from the server, next call 08006" + Ending.TOLD_WHY)
                    .measure(means, () -> run(means.server(), tls)));
        }
        return rows;
    }

    private static Ending run(PostgresServer server, boolean tls) throws Exception {
        try (Limited pool = Limited.of(
                        tls, server, server.jdbcUrl(), 1, session -> session.idleInTransactionTimeout(Limited.LIMIT));
                Connection observer = server.connect()) {
            Connection connection = pool.borrow(1).get(0);
            connection.setAutoCommit(false);
            int pid = Limited.number(connection, "select pg_backend_pid()");
            long begun = System.nanoTime();
            boolean gone = Await.holdsWithin(Limited.PATIENCE, () -> isGone(observer, pid));
            long ended = System.nanoTime();
            Ending next = Ending.of(() -> Limited.execute(connection, "select 1"));
            connection.close();
            return new Ending(
                    ended - begun, (gone ? "gone from the server" : "still there") + ", next call " + next.how());
        }
    }

    private static boolean isGone(Connection observer, int pid) {
        try {
            return Limited.number(observer, "select count(*) from pg_stat_activity where pid = " + pid) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
