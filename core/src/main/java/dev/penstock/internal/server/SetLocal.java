package dev.penstock.internal.server;

import dev.penstock.SessionLimit;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Limits for one transaction at a time, which no pooler carries over to other clients. Immutable; {@link #begin} is for
 * whoever uses the connection.
 */
public final class SetLocal {
    private final String sql;

    private SetLocal(String sql) {
        this.sql = sql;
    }

    /**
     * For transactions with these limits. Those of statements and locks only: the others are about the transaction
     * itself, or about what is outside of one.
     *
     * @param millis zero for no limit
     */
    public static SetLocal of(Map<SessionLimit, Long> millis) {
        Map<SessionLimit, String> some = new EnumMap<>(SessionLimit.class);
        millis.forEach((limit, value) -> {
            if (takes(limit)) {
                some.put(limit, Long.toString(value));
            }
        });
        return new SetLocal(some.isEmpty() ? "" : Sql.setLocal(some));
    }

    /** Whether that is set for a transaction. */
    static boolean takes(@Nullable SessionLimit limit) {
        return limit == SessionLimit.STATEMENT || limit == SessionLimit.LOCK;
    }

    /** Whether there is nothing to set. */
    public boolean isEmpty() {
        return sql.isEmpty();
    }

    /**
     * Begins a transaction with the limits, one round trip; does nothing, and sends nothing, with autocommit on or a
     * transaction open. Afterwards what the driver allows only before a transaction (read-only, isolation level) is
     * refused until its end.
     *
     * @return whether a transaction was begun
     * @throws SQLException as the driver throws it
     */
    public boolean begin(BaseConnection connection) throws SQLException {
        if (sql.isEmpty() || connection.getAutoCommit() || connection.getTransactionState() != TransactionState.IDLE) {
            return false;
        }
        RoundTrip.inTransaction(connection, sql, RoundTrip::first);
        return true;
    }
}
