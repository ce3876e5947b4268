package dev.penstock.tools.tune.load;

import dev.penstock.budget.live.Reading;
import dev.penstock.internal.failure.Masking;
import dev.penstock.lab.Await;
import dev.penstock.tools.server.Server;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session beside those that do the work, which stays for the whole run: what is to be cleaned up at the end must not
 * depend on whether the server has room for one more. If it breaks, the next use connects anew. Not thread-safe.
 */
public final class Control implements AutoCloseable {
    /**
     * Process ids come again: one of somebody else's must not be taken for ours. By its name it could not be told, which a
     * URL and a statement may change.
     */
    private static final String OURS = " from pg_catalog.pg_stat_activity where pid = any(?) and "
            + Backend.BEGUN_MICROS + " = any(?) and usename = session_user";

    /** Sessions that were closed are gone after that, as a rule; the others are ended. */
    private static final Duration BY_THEMSELVES = Duration.ofSeconds(1);

    private final Server server;
    private final List<String> leftovers = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable Long serverBegun;

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

    /**
     * The session of that connection, to be ended in the end.
     *
     * @throws SQLException also if it is on another server than this one: nothing that is asked here would hold there
     */
    public Backend backend(Connection of) throws SQLException {
        if (serverBegun == null) {
            serverBegun = Backend.of(connection()).serverBegunMicros();
        }
        Backend backend = Backend.of(of);
        if (backend.serverBegunMicros() != serverBegun) {
            throw new SQLException(
                    "--url must lead to one server, but two of our sessions are on servers that were started at different"
                            + " times (or it was started anew meanwhile): how many connections are free, and what is left"
                            + " at the end, would be asked of the wrong one",
                    "08001");
        }
        return backend;
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
    public void end(List<Backend> ours) {
        try {
            insist(unused -> endOnce(ours));
        } catch (SQLException e) {
            leftovers.add("whether sessions of ours are left is not known, because the server does not say ("
                    + Masking.mask(e.getMessage()) + "); a statement of theirs ends with --statement-timeout");
        }
    }

    private void endOnce(List<Backend> ours) throws SQLException {
        if (ours.isEmpty() || gone(ours, BY_THEMSELVES)) {
            return;
        }
        int unused = count("select pg_catalog.count(*) filter (where pg_catalog.pg_terminate_backend(pid))", ours);
        if (!gone(ours, server.deadline())) {
            leftovers.add(left(ours) + " sessions of ours did not end when told to");
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

    private boolean gone(List<Backend> ours, Duration patience) throws SQLException {
        SQLException[] failure = new SQLException[1];
        boolean gone = Await.holdsWithin(patience, () -> {
            try {
                return left(ours) == 0;
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

    private int left(List<Backend> ours) throws SQLException {
        return count("select pg_catalog.count(*)", ours);
    }

    private int count(String what, List<Backend> ours) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(what + OURS)) {
            statement.setArray(1, array("int4", ours.stream().map(Backend::pid)));
            statement.setArray(2, array("int8", ours.stream().map(Backend::begunMicros)));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private Array array(String type, Stream<?> of) throws SQLException {
        return connection().createArrayOf(type, of.toArray());
    }

    @Override
    public void close() throws SQLException {
        forget();
    }
}
