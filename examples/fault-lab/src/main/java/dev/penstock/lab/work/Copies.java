package dev.penstock.lab.work;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** COPY in both directions, with pauses. */
final class Copies {
    static final int LINE = 1_000;

    /** Bytes for which the server needs far less than the limit. */
    private static final long LITTLE = 2_000_000;

    private static final int SHORT_ROWS = 40;

    private Copies() {}

    static void in(Connection connection, Pace pace) throws SQLException {
        in(connection, pace, "copied", pace.copyBytes());
    }

    static void inATransaction(Connection connection, Pace pace) throws SQLException {
        connection.setAutoCommit(false);
        in(connection, pace, "copied_in_transaction", pace.copyBytes());
        connection.commit();
    }

    static void inSlowly(Connection connection, Pace pace) throws SQLException {
        in(connection, pace, "copied_slowly", LITTLE);
    }

    private static void in(Connection connection, Pace pace, String table, long bytes) throws SQLException {
        createTable(connection, table);
        long lines = bytes / LINE;
        CopyIn copy = api(connection).copyIn("copy " + table + " from stdin");
        pace.pause();
        byte[] line = ("y".repeat(LINE - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (long i = 0; i < lines; i++) {
            copy.writeToCopy(line, 0, line.length);
            if (i == lines / 2) {
                copy.flushCopy();
                pace.pause();
            }
        }
        copy.flushCopy();
        pace.pause();
        Expect.same("rows copied in", lines, copy.endCopy());
        expectLines(connection, table, lines);
        Pace.execute(connection, "drop table " + table);
    }

    private static void expectLines(Connection connection, String table, long lines) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*), sum(length(line)) from " + table)) {
            Expect.same("result", true, result.next());
            Expect.same("rows of the table", lines, result.getLong(1));
            Expect.same("characters of the table", lines * (LINE - 1), result.getLong(2));
        }
    }

    static void rowByRow(Connection connection, Pace pace) throws SQLException {
        createTable(connection, "trickled");
        CopyIn copy = api(connection).copyIn("copy trickled from stdin");
        byte[] row = "x\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < SHORT_ROWS; i++) {
            copy.writeToCopy(row, 0, row.length);
            copy.flushCopy();
            pace.pause(pace.limit().multipliedBy(2).dividedBy(SHORT_ROWS));
        }
        Expect.same("rows copied in", (long) SHORT_ROWS, copy.endCopy());
    }

    static void out(Connection connection, Pace pace) throws SQLException {
        out(connection, pace, pace.copyBytes());
    }

    static void outInATransaction(Connection connection, Pace pace) throws SQLException {
        connection.setAutoCommit(false);
        out(connection, pace, pace.copyBytes());
        connection.commit();
    }

    static void outSlowly(Connection connection, Pace pace) throws SQLException {
        out(connection, pace, LITTLE);
    }

    private static void out(Connection connection, Pace pace, long bytes) throws SQLException {
        long lines = bytes / LINE;
        SlowReader reader = new SlowReader(pace, bytes);
        String line = "repeat('z', " + (LINE - 1) + ")";
        try {
            long rows = api(connection)
                    .copyOut("copy (select " + line + " from generate_series(1, " + lines + ")) to stdout", reader);
            Expect.same("rows copied out", lines, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Expect.same("bytes copied out", lines * LINE, reader.bytes);
    }

    static void createTable(Connection connection, String name) throws SQLException {
        Pace.execute(connection, "drop table if exists " + name);
        Pace.execute(connection, "create unlogged table " + name + " (line text)");
    }

    private static CopyManager api(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Pauses after the first bytes and in the middle. */
    private static final class SlowReader extends OutputStream {
        private final Pace pace;
        private final long middle;
        private long bytes;

        SlowReader(Pace pace, long all) {
            this.pace = pace;
            this.middle = all / 2;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            long before = bytes;
            bytes += length;
            if (before == 0 || (before < middle && bytes >= middle)) {
                pause();
            }
        }

        private void pause() throws IOException {
            try {
                pace.pause();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
