package dev.penstock.internal.server;

import dev.penstock.PoolerMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/** What is said to one new session, each in one round trip. */
final class Inquiry {
    private final BaseConnection connection;
    private final PoolerMode mode;

    /**
     * Nothing is said yet.
     *
     * @param mode as it is configured
     */
    Inquiry(BaseConnection connection, PoolerMode mode) {
        this.connection = connection;
        this.mode = mode;
    }

    /**
     * An answer.
     *
     * @param set whether the session has been set what was wanted, as far as its server knows it
     * @param look what it has by now
     */
    record Answer(boolean set, Look look) {}

    /** Asks what the session has. */
    Look look() throws SQLException {
        return RoundTrip.run(connection, Sql.LOOK, statement -> Look.read(RoundTrip.first(statement)));
    }

    /** Sets what is wanted unless it would reach others. False: it would. */
    boolean set(Wanted wanted) throws SQLException {
        return RoundTrip.run(connection, setting(wanted), statement -> hasSet(RoundTrip.first(statement)));
    }

    /** The same, and reads it back. */
    Answer setAndLook(Wanted wanted) throws SQLException {
        if (mode == PoolerMode.TRANSACTION) {
            return new Answer(false, look());
        }
        return RoundTrip.run(connection, setting(wanted) + "; " + Sql.LOOK, statement -> {
            boolean set = hasSet(RoundTrip.first(statement));
            return new Answer(set, Look.read(RoundTrip.next(statement)));
        });
    }

    private String setting(Wanted wanted) {
        return Sql.setIf(Sql.condition(mode, connection.getBackendPID()), wanted);
    }

    /** What was set under a condition tells whether that was true. */
    static boolean hasSet(ResultSet rows) throws SQLException {
        try (rows) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Whether the session is its server's own, as far as process ids tell. */
    boolean isServedBy(Look look) {
        return look.pid() == connection.getBackendPID();
    }
}
