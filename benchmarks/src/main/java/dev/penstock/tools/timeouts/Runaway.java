package dev.penstock.tools.timeouts;

import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Statements that run on after the application has SET the server's limit to zero. */
final class Runaway {
    /** Every notice is a byte from the server, and a cancel is caught. */
    private static final String NOTICES = """
            do $$ begin for i in 1..20000 loop
              begin perform pg_sleep(0.003); exception when query_canceled then null; end;
              raise notice 'still here'; end loop; end $$""";

    private Runaway() {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (boolean tls : new boolean[] {false, true}) {
            String over = tls ? ", TLS" : ", plain";
            rows.add(new Promise("SET statement_timeout = 0, then pg_sleep(60)" + over, Limited.MUST, "57014, reusable")
                    .measure(means, () -> run(means, tls, Limited.LONG, Runaway::reusable)));
            rows.add(new Promise("NOTICE loop that catches cancels" + over, Limited.MUST, "08006" + Ending.TOLD_WHY)
                    .measure(means, () -> run(means, tls, NOTICES, connection -> "")));
        }
        return rows;
    }

    private static Ending run(Means means, boolean tls, String sql, Function<Connection, String> look)
            throws Exception {
        try (Limited pool = Limited.of(tls, means.server(), means.server().jdbcUrl(), 1, Limited::statements);
                Connection connection = pool.borrow()) {
            Limited.execute(connection, "set statement_timeout = 0");
            Ending ending = Ending.of(() -> Limited.execute(connection, sql));
            String more = look.apply(connection);
            return more.isEmpty() ? ending : ending.and(more);
        }
    }

    private static String reusable(Connection connection) {
        return Limited.isReusable(connection) ? "reusable" : "not reusable";
    }
}
