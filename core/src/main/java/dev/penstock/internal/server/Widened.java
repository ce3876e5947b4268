package dev.penstock.internal.server;

import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Limits of a session that are set for a while. For sessions that are the server's own ({@link ServerSide#direct}): a
 * pooler would carry them over to other clients. That is known of the address, and a pooler may have taken it over
 * since: so the server itself is asked again, in the statement that sets. Used by whoever uses the connection.
 */
public final class Widened {
    private final BaseConnection connection;
    private final String condition;
    private final Map<SessionLimit, String> before;

    private Widened(BaseConnection connection, String condition, Map<SessionLimit, String> before) {
        this.connection = connection;
        this.condition = condition;
        this.before = before;
    }

    /**
     * Sets them for the session, whatever autocommit is, and remembers what was there: one round trip, none if the
     * server knows none of them. Nothing is set, and nothing restored, if another process serves the session than that
     * of its key. If it fails, nothing is set.
     *
     * @param mode as it is configured; what processes there are is looked at under {@link PoolerMode#AUTO}
     * @param millis zero for no limit; what the server's version does not know is left out
     * @throws SQLException SQLState 25001 if a transaction is open, which could roll it back; else the driver's
     */
    public static Widened widen(BaseConnection connection, PoolerMode mode, Map<SessionLimit, Long> millis)
            throws SQLException {
        Map<SessionLimit, String> wanted = new EnumMap<>(SessionLimit.class);
        millis.forEach((limit, value) -> wanted.put(limit, Long.toString(value)));
        wanted.keySet().removeIf(limit -> !limit.isKnownTo(versionNum(connection)));
        String condition = Sql.condition(mode, connection.getBackendPID());
        if (wanted.isEmpty()) {
            return new Widened(connection, condition, Map.of());
        }
        if (connection.getTransactionState() != TransactionState.IDLE) {
            throw new SQLException("limits of a session cannot be set while a transaction is open", "25001");
        }
        List<SessionLimit> limits = new ArrayList<>(wanted.keySet());
        String sql = Sql.current(limits) + "; " + Sql.setIf(condition, wanted);
        return new Widened(connection, condition, RoundTrip.run(connection, sql, statement -> read(statement, limits)));
    }

    /** As the driver has read it in the server's greeting. */
    private static int versionNum(BaseConnection connection) {
        return connection.getQueryExecutor().getServerVersionNum();
    }

    /** What was there; nothing if nothing was set. */
    private static Map<SessionLimit, String> read(Statement statement, List<SessionLimit> limits) throws SQLException {
        Map<SessionLimit, String> values = new EnumMap<>(SessionLimit.class);
        try (ResultSet row = RoundTrip.first(statement)) {
            ResultSetMetaData columns = row.getMetaData();
            if (!row.next() || columns.getColumnCount() != limits.size()) {
                throw new SQLException("the server did not tell the limits of the session", "02000");
            }
            for (int i = 0; i < limits.size(); i++) {
                values.put(limits.get(i), row.getString(i + 1));
            }
        }
        return Inquiry.hasSet(RoundTrip.next(statement)) ? values : Map.of();
    }

    /**
     * Puts the old values back, not the defaults: one round trip, none if nothing was set. A transaction that is open
     * is rolled back before, which is one more; so what it has SET is gone as well. If it fails the session must not be
     * used again.
     */
    public void restore() throws SQLException {
        if (before.isEmpty()) {
            return;
        }
        if (connection.getTransactionState() != TransactionState.IDLE) {
            rollBack();
        }
        String sql = Sql.setIf(condition, before);
        if (!RoundTrip.run(connection, sql, statement -> Inquiry.hasSet(RoundTrip.first(statement)))) {
            throw new SQLException("another process serves the session than the one whose limits were set", "08003");
        }
    }

    /** Also one that was begun by a statement, in autocommit, where the driver's own method refuses. */
    private void rollBack() throws SQLException {
        if (connection.getAutoCommit()) {
            RoundTrip.run(connection, "rollback", Statement::getUpdateCount);
        } else {
            connection.rollback();
        }
    }
}
