package dev.penstock.tools.tune.load;

import dev.penstock.budget.live.Reading;
import dev.penstock.internal.failure.Masking;
import dev.penstock.lab.Await;
import dev.penstock.tools.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session beside those that do the work, which stays for the whole run: what is to be cleaned up at the end must not
 * depend on whether the server has room for one more. If it breaks, the next use connects anew. Not thread-safe.
 */
public final class Control implements AutoCloseable {
    /** Process ids come again: one of somebody else's must not be taken for ours. */
    private static final String OURS = " from pg_catalog.pg_stat_activity where pid = any(?)"
            + " and usename = session_user and application_name = ?";

    /** Sessions that were closed are gone after that, as a rule; the others are ended. */
    private static final Duration BY_THEMSELVES = Duration.ofSeconds(1);

    private final Server server;
    private final List<String> leftovers = new ArrayList<>();
    private @Nullable Connection connection;

    /** Connects at the first use. */
    public Control(Server server) {
        this.server = server;
    }

    /** The session, in autocommit; each answer is waited for no longer than {@code --deadline}. */
    public Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed()) {
            current = server.connect();
            connection = current;
        }
        return current;
    }

    /** What the server has room for. */
    Reading read() throws SQLException {
        return server.read(connection());
    }

    /** What is done over the session. */
    @FunctionalInterface
    public interface Use {
        /** Does it. */
        void with(Connection connection) throws SQLException;
    }

    /** Does it, and does it again over a new session if it fails: this one may have been lost with the others. */
    public void insist(Use use) throws SQLException {
        try {
            use.with(connection());
        } catch (SQLException e) {
            forget();
            use.with(connection());
        }
    }

    /** Sees to it that sessions whose connections were closed are gone; those that still do something are ended. */
    public void end(List<Integer> pids) {
        try {
            insist(unused -> endOnce(pids));
        } catch (SQLException e) {
            leftovers.add("whether sessions of ours are left is not known, because the server does not say ("
                    + Masking.mask(e.getMessage()) + "); a statement of theirs ends with --statement-timeout");
        }
    }

    private void endOnce(List<Integer> pids) throws SQLException {
        if (pids.isEmpty() || gone(pids, BY_THEMSELVES)) {
            return;
        }
        int unused = count("select pg_catalog.count(*) filter (where pg_catalog.pg_terminate_backend(pid))", pids);
        if (!gone(pids, server.deadline())) {
            leftovers.add(left(pids) + " sessions of ours did not end when told to");
        }
    }

    /** What may be left on the server, a sentence each; empty: nothing. */
    public List<String> leftovers() {
        return List.copyOf(leftovers);
    }

    /** The next use connects anew. */
    private void forget() throws SQLException {
        Connection lost = connection;
        connection = null;
        if (lost != null) {
            lost.close();
        }
    }

    private boolean gone(List<Integer> pids, Duration patience) throws SQLException {
        SQLException[] failure = new SQLException[1];
        boolean gone = Await.holdsWithin(patience, () -> {
            try {
                return left(pids) == 0;
            } catch (SQLException e) {
                failure[0] = e;
                return true;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return gone;
    }

    private int left(List<Integer> pids) throws SQLException {
        return count("select pg_catalog.count(*)", pids);
    }

    private int count(String what, List<Integer> pids) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(what + OURS)) {
            statement.setArray(1, connection().createArrayOf("int4", pids.toArray()));
            statement.setString(2, server.applicationName());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        forget();
    }
}
