package dev.penstock.lab.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Transactions of 5 ms, one after the other: whoever looks at them from time to time may take them for one. */
public final class ShortTransactions {
    private ShortTransactions() {}

    /**
     * For so long.
     *
     * @return how many there were
     * @throws SQLException when one is cut
     */
    public static long run(Connection connection, Duration time) throws SQLException {
        connection.setAutoCommit(false);
        long begun = System.nanoTime();
        long count = 0;
        try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(0.005)")) {
            while (System.nanoTime() - begun < time.toNanos()) {
                boolean unused = statement.execute();
                connection.commit();
                count++;
            }
        }
        return count;
    }

    static void run(Connection connection, Pace pace) throws SQLException {
        long unused = run(connection, pace.longer().multipliedBy(2));
    }
}
