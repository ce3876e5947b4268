package dev.penstock.budget.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Asks a server for its limits and for a census of its sessions.
 *
 * <p>Any role may ask. What a plain role may not see is counted as unknown (see {@link Census}); with {@code GRANT
 * pg_read_all_stats TO role} nothing is. Its limits are those of the role and the database of the connection: to
 * compare with a plan, ask as the role of its services, in their database. No state; any thread may use it.
 */
public final class BudgetProbe {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private BudgetProbe() {}

    /**
     * Over a connection of the caller's, which is left open and as it was: two queries in one round trip, outside a
     * transaction whatever autocommit says, nothing set or prepared in the session. The connection should be a
     * short-lived one, because its own session is counted as free, see {@link Free}. The server has 10 s to answer, or
     * less if the connection's network timeout is less; after that the driver closes the connection.
     *
     * @param connection of pgjdbc's, or one that unwraps to it
     * @throws SQLException if there is no answer: 25001 if a transaction is open (its view of the sessions may be old,
     *     and a failure would end it), 08006 if the server does not answer in time, else as the server says. Also if
     *     the connection is none of pgjdbc's
     */
    public static Reading read(Connection connection) throws SQLException {
        return read(connection, LIMIT);
    }

    static Reading read(Connection connection, Duration limit) throws SQLException {
        BaseConnection session = connection.unwrap(BaseConnection.class);
        if (session.getTransactionState() != TransactionState.IDLE) {
            throw new SQLException(
                    "the server is not asked for its limits and sessions in a transaction: commit it, roll it back, or"
                            + " use a connection of its own",
                    "25001");
        }
        int before = session.getNetworkTimeout();
        int millis = Math.toIntExact(limit.toMillis());
        try {
            session.setNetworkTimeout(Runnable::run, before == 0 ? millis : Math.min(before, millis));
            return ask(session);
        } catch (SQLException e) {
            throw new SQLException(
                    session.getQueryExecutor().getHostSpec()
                            + " did not say what its limits and sessions are (it has at most " + limit.toMillis()
                            + " ms to answer): " + e.getMessage(),
                    e.getSQLState(),
                    e);
        } finally {
            if (!session.isClosed()) {
                session.setNetworkTimeout(Runnable::run, before);
            }
        }
    }

    private static Reading ask(BaseConnection session) throws SQLException {
        Answers answers = Answers.of(session);
        String host = session.getQueryExecutor().getHostSpec().toString();
        return new Reading(host, answers.server(), answers.census(), pooler(session.getBackendPID(), answers));
    }

    /** A pooler gives its clients keys of its own. */
    private static @Nullable String pooler(int keyPid, Answers answers) {
        if (keyPid == answers.pid()) {
            return null;
        }
        return "a connection pooler stands in between: the session's key is of process " + keyPid + ", but process "
                + answers.pid() + " serves it. Limits and sessions are those of the server behind it; its clients are"
                + " not among them, and the session that asked is the pooler's, logged in as "
                + answers.server().role();
    }
}
