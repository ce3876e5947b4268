package dev.penstock.internal.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.QueryExecutor;

/** One round trip, whatever the user has set for statements of his own. */
public final class RoundTrip {
    private RoundTrip() {}

    /** Takes what the results tell. */
    public interface Reader<T> {
        T read(Statement statement) throws SQLException;
    }

    /**
     * Outside a transaction, also where autocommit is off: no transaction begins. Must not be called in one.
     *
     * @throws SQLException as the driver throws it
     */
    public static <T> T run(BaseConnection connection, String sql, Reader<T> reader) throws SQLException {
        return run(connection, sql, QueryExecutor.QUERY_SUPPRESS_BEGIN, reader);
    }

    /** As a statement of the user's own: where autocommit is off a transaction begins with it. */
    static <T> T inTransaction(BaseConnection connection, String sql, Reader<T> reader) throws SQLException {
        return run(connection, sql, 0, reader);
    }

    private static <T> T run(BaseConnection connection, String sql, int flags, Reader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(0); // a portal would not outlive the round trip
            statement.unwrap(PGStatement.class).setPrepareThreshold(0); // a name would reach a pooler's other clients
            statement.unwrap(BaseStatement.class).executeWithFlags(sql, flags);
            return reader.read(statement);
        }
    }

    /** The first result. */
    public static ResultSet first(Statement statement) throws SQLException {
        ResultSet rows = statement.getResultSet();
        if (rows == null) {
            throw new SQLException("the server gave no result", "02000");
        }
        return rows;
    }

    /** The result after that. */
    public static ResultSet next(Statement statement) throws SQLException {
        statement.getMoreResults();
        return first(statement);
    }
}
