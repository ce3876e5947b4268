package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyIn;

/**
 * Work that takes longer than every limit of its session, and that the server allows all the same. Each says what of it
 * has arrived, to the byte or the row.
 */
enum Work {
    COPY_IN_WITH_PAUSES(Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            copyIn(connection, means, "copied", means.copyBytes());
        }
    },

    /** The server has a limit of the whole of it; the client of what it waits. */
    COPY_IN_THAT_TAKES_LONGER_THAN_A_STATEMENT_MAY(Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION, Limit.STATEMENT) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            copyIn(connection, means, "copied_slowly", LITTLE);
        }

        @Override
        boolean theServerAllowsIt() {
            return false;
        }
    },

    COPY_IN_IN_A_TRANSACTION(Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            connection.setAutoCommit(false);
            copyIn(connection, means, "copied_in_transaction", means.copyBytes());
            connection.commit();
        }
    },

    /** Each row is so short that most of them do not leave the driver. */
    COPY_IN_ROW_BY_ROW(Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION, Limit.STATEMENT) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            table(connection, "trickled");
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy trickled from stdin");
            byte[] row = "x\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 40; i++) {
                copy.writeToCopy(row, 0, row.length);
                copy.flushCopy();
                means.pause(means.limit().dividedBy(20));
            }
            assertThat(copy.endCopy()).isEqualTo(40);
        }

        @Override
        boolean theServerAllowsIt() {
            return false;
        }
    },

    COPY_OUT_READ_WITH_PAUSES(Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            copyOut(connection, means);
        }

        @Override
        boolean theServerAllowsIt() {
            return false; // once all is on its way it is idle
        }
    },

    COPY_OUT_IN_A_TRANSACTION(Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            connection.setAutoCommit(false);
            copyOut(connection, means);
            connection.commit();
        }

        @Override
        boolean theServerAllowsIt() {
            return false; // once all is on its way it is idle
        }
    },

    LISTEN_WITHOUT_END(Limit.STATEMENT, Limit.TRANSACTION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            execute(connection, "listen without_end");
            means.later("notify without_end, 'one'");
            hears(connection, 0, "one");
            means.later("notify without_end, 'two'");
            hears(connection, 0, "two");
        }
    },

    LISTEN_AFTER_A_COMMIT(Limit.STATEMENT, Limit.TRANSACTION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            connection.setAutoCommit(false);
            execute(connection, "listen after_a_commit");
            connection.commit();
            means.later("notify after_a_commit, 'one'");
            hears(connection, 0, "one");
        }
    },

    LISTEN_FOR_SOME_TIME(Limit.STATEMENT, Limit.TRANSACTION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            execute(connection, "listen for_some_time");
            assertThat(connection.unwrap(PGConnection.class).getNotifications(millis(means.longer())))
                    .isNullOrEmpty();
            means.later("notify for_some_time, 'one'");
            hears(connection, 60_000, "one");
        }
    },

    LISTEN_IN_A_TRANSACTION(Limit.STATEMENT) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            connection.setAutoCommit(false);
            execute(connection, "listen in_a_transaction");
            PGNotification[] none = connection.unwrap(PGConnection.class).getNotifications(millis(means.longer()));
            assertThat(none).isNullOrEmpty();
            connection.commit();
        }
    },

    CURSOR_WITH_THINK_TIME(Limit.STATEMENT, Limit.IDLE_SESSION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(500);
                assertRows(statement.executeQuery("select i from generate_series(1, 1000) i"), 1_000, 400, means);
            }
            connection.commit();
        }
    },

    LARGE_RESULT_READ_SLOWLY(Limit.STATEMENT) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                assertRows(
                        statement.executeQuery("select i, repeat('x', 100) from generate_series(1, 20000) i"),
                        20_000,
                        10_000,
                        means);
            }
        }
    },

    /** Each of them is short. */
    BATCH(Limit.STATEMENT) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            table(connection, "batched");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into batched select 'x' from pg_sleep(?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setDouble(1, seconds(means.longer()) / 15);
                    insert.addBatch();
                }
                assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(20);
            }
        }
    },

    BATCH_IN_A_TRANSACTION(Limit.STATEMENT, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            table(connection, "batched_in_transaction");
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into batched_in_transaction select 'x' from pg_sleep(?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setDouble(1, seconds(means.longer()) / 15);
                    insert.addBatch();
                }
                assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(20);
            }
            connection.commit();
        }
    },

    /** Seen from time to time they look like one. */
    TRANSACTIONS_BACK_TO_BACK(Limit.STATEMENT, Limit.TRANSACTION, Limit.IDLE_IN_TRANSACTION) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            connection.setAutoCommit(false);
            long end = System.nanoTime() + means.longer().multipliedBy(2).toNanos();
            try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(0.005)")) {
                while (System.nanoTime() - end < 0) {
                    boolean unused = statement.execute();
                    connection.commit();
                }
            }
        }
    },

    SEVERAL_STATEMENTS_IN_ONE(Limit.STATEMENT) {
        @Override
        void on(Connection connection, Means means) throws SQLException {
            String one = "select pg_sleep(" + seconds(means.limit()) * 0.7 + ");";
            try (Statement statement = connection.createStatement()) {
                boolean unused = statement.execute(one + one + one + "select 4");
                for (int i = 0; i < 3; i++) {
                    assertThat(statement.getMoreResults()).isTrue();
                }
                try (ResultSet last = statement.getResultSet()) {
                    assertThat(last.next()).isTrue();
                    assertThat(last.getInt(1)).isEqualTo(4);
                }
            }
        }
    };

    /** Which limits are less than it takes; all others are set, and much longer. */
    enum Limit {
        STATEMENT,
        TRANSACTION,
        IDLE_IN_TRANSACTION,
        IDLE_SESSION
    }

    /** What it is given. */
    interface Means {
        Duration limit();

        /** Than the limit, and the grace. */
        Duration longer();

        /** Has somebody else execute that after some time longer than the limit. */
        void later(String sql);

        long copyBytes();

        default void pause(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is
    private final Set<Limit> limits;

    Work(Limit... limits) {
        this.limits = Set.of(limits);
    }

    abstract void on(Connection connection, Means means) throws SQLException;

    /** False where the client allows more than the server would. */
    boolean theServerAllowsIt() {
        return true;
    }

    void limit(SessionSettings.Builder session, Duration limit) {
        Duration others = Duration.ofMinutes(5);
        session.statementTimeout(limits.contains(Limit.STATEMENT) ? limit : others.minusMinutes(1))
                .transactionTimeout(
                        limits.contains(Limit.TRANSACTION)
                                ? limit.multipliedBy(11).dividedBy(10)
                                : others)
                .idleInTransactionTimeout(limits.contains(Limit.IDLE_IN_TRANSACTION) ? limit : others)
                .idleSessionTimeout(limits.contains(Limit.IDLE_SESSION) ? limit : others);
    }

    // ---- helpers -------------------------------------------------------------------------------

    private static int millis(Duration time) {
        return (int) time.toMillis();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    private static void table(Connection connection, String name) throws SQLException {
        execute(connection, "drop table if exists " + name);
        execute(connection, "create unlogged table " + name + " (line text)");
    }

    private static void hears(Connection connection, int timeout, String what) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(timeout);
        assertThat(heard).isNotNull().hasSize(1);
        assertThat(heard[0].getParameter()).isEqualTo(what);
    }

    private static void assertRows(ResultSet rows, int all, int pauseAt, Means means) throws SQLException {
        try (rows) {
            for (int i = 1; i <= all; i++) {
                assertThat(rows.next()).isTrue();
                if (rows.getInt(1) != i) {
                    throw new AssertionError("row " + i + " is " + rows.getInt(1));
                }
                if (i == pauseAt) {
                    means.pause(means.longer());
                }
            }
            assertThat(rows.next()).isFalse();
        }
    }

    private static final int LINE = 1_000;

    /** Bytes for which the server needs far less than the limit. */
    private static final long LITTLE = 2_000_000;

    /** Pauses at the begin, in the middle and at the end. */
    private static void copyIn(Connection connection, Means means, String table, long bytes) throws SQLException {
        table(connection, table);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        means.pause(means.longer());
        long lines = bytes / LINE;
        byte[] line = ("y".repeat(LINE - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (long i = 0; i < lines; i++) {
            copy.writeToCopy(line, 0, line.length);
            if (i == lines / 2) {
                copy.flushCopy();
                means.pause(means.longer());
            }
        }
        copy.flushCopy();
        means.pause(means.longer());
        assertThat(copy.endCopy()).isEqualTo(lines);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*), sum(length(line)) from " + table)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isEqualTo(lines);
            assertThat(result.getLong(2)).isEqualTo(lines * (LINE - 1));
        }
        execute(connection, "drop table " + table);
    }

    private static void copyOut(Connection connection, Means means) throws SQLException {
        long lines = means.copyBytes() / LINE;
        Slow out = new Slow(means);
        try {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select repeat('z', " + (LINE - 1) + ") from generate_series(1, " + lines
                                    + ")) to stdout",
                            out);
            assertThat(rows).isEqualTo(lines);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(out.bytes).isEqualTo(lines * LINE);
    }

    /** Pauses twice. */
    private static final class Slow extends OutputStream {
        private final Means means;
        private long bytes;

        Slow(Means means) {
            this.means = means;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            long before = bytes;
            bytes += length;
            if (before == 0 || (before < means.copyBytes() / 2 && bytes >= means.copyBytes() / 2)) {
                means.pause(means.longer());
            }
        }
    }
}
