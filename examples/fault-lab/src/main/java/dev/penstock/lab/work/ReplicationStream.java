package dev.penstock.lab.work;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationConnection;
import org.postgresql.replication.PGReplicationStream;

/**
 * A stream of changes in which nothing changes for longer than any limit. The server needs {@code wal_level=logical}.
 */
public final class ReplicationStream {
    private ReplicationStream() {}

    /** What the driver needs to make such a connection. */
    public static Properties driver() {
        Properties driver = new Properties();
        driver.setProperty("replication", "database");
        driver.setProperty("assumeMinServerVersion", "9.4");
        driver.setProperty("preferQueryMode", "simple");
        return driver;
    }

    /**
     * Returns when the change has come.
     *
     * @param connection made with {@link #driver}
     * @param slot name of the slot and of a table that has one text column
     */
    public static void on(Connection connection, Pace pace, String slot) throws SQLException {
        PGReplicationConnection replication =
                connection.unwrap(PGConnection.class).getReplicationAPI();
        replication
                .createReplicationSlot()
                .logical()
                .withSlotName(slot)
                .withOutputPlugin("test_decoding")
                .withTemporaryOption()
                .make();
        PGReplicationStream stream = replication
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withStartPosition(LogSequenceNumber.INVALID_LSN)
                .withStatusInterval(1, TimeUnit.MINUTES)
                .start();
        pace.later("insert into " + slot + " values ('hello')");
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf("hello") < 0) {
            ByteBuffer change = stream.read();
            heard.append(StandardCharsets.UTF_8.decode(change)).append('\n');
        }
        stream.close();
    }
}
