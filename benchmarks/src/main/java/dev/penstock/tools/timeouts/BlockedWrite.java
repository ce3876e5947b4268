package dev.penstock.tools.timeouts;

import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Ten megabytes for a server that reads no more. */
final class BlockedWrite {
    private static final byte[] MUCH = new byte[10_000_000];

    private BlockedWrite() {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (boolean tls : new boolean[] {false, true}) {
            rows.add(new Promise(
                            "blocked in a 10 MB write" + (tls ? ", TLS" : ", plain"),
                            Limited.MUST,
                            "08006" + Ending.TOLD_WHY)
                    .measure(means, () -> run(means, tls)));
        }
        return rows;
    }

    private static Ending run(Means means, boolean tls) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(means.server().address());
                Limited pool = Limited.of(
                        tls,
                        means.server(),
                        means.server().jdbcUrl("127.0.0.1", proxy.port()),
                        1,
                        Limited::statements);
                Connection connection = pool.borrow()) {
            write(connection); // or the first megabytes take their time by themselves
            proxy.stallOpen();
            return Ending.of(() -> write(connection));
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select length(?)")) {
            statement.setBytes(1, MUCH);
            boolean unused = statement.execute();
        }
    }
}
