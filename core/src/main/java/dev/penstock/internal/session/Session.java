package dev.penstock.internal.session;

import dev.penstock.SessionActivity;
import dev.penstock.internal.socket.StampedSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** One physical session as the layers above the pool see it: what it is doing, and how to end it. Thread-safe. */
public final class Session {
    private final BaseConnection connection;
    private final @Nullable StampedSocket socket;
    private final @Nullable String address;

    /** What the layer above the pool keeps beside it. */
    private volatile @Nullable Object companion;

    /**
     * An open session.
     *
     * @param socket null if it is not ours
     * @param address address and port; null where it is not ours to choose
     */
    public Session(BaseConnection connection, @Nullable StampedSocket socket, @Nullable String address) {
        this.connection = connection;
        this.socket = socket;
        this.address = address;
    }

    /** Process id of its server process, as BackendKeyData had it. */
    public int backendPid() {
        return connection.getBackendPID();
    }

    /** Address and port; null where it is not known. */
    public @Nullable String address() {
        return address;
    }

    /** Whether its socket is ours, so that {@link #activity} and {@link #lastExchangeNanos} tell something. */
    public boolean isVisible() {
        return socket != null;
    }

    /** What it is doing at this ticker time. */
    public SessionActivity activity(long now) {
        return socket == null
                ? SessionActivity.UNKNOWN
                : new SessionActivity(SessionActivity.Kind.IDLE, Duration.ofNanos(now - socket.lastHeardNanos()), null);
    }

    /** Ticker time of the last byte in either direction. */
    public long lastExchangeNanos() {
        return socket == null ? Long.MIN_VALUE : socket.lastHeardNanos();
    }

    /** Whether a transaction is open, also one that has failed. */
    public boolean inTransaction() {
        return connection.getTransactionState() != TransactionState.IDLE;
    }

    /** Asks the server to cancel what it is doing; blocks for a second at most. */
    public void cancel() throws SQLException {
        connection.cancelQuery();
    }

    /** Closes the socket, which frees whoever reads or writes on it, and the driver's connection; never blocks. */
    public void abort() {
        OpenedSession.discard(connection);
    }

    /** What the layer above the pool keeps beside it; null if nothing. */
    public @Nullable Object companion() {
        return companion;
    }

    /** Keeps something beside it. */
    public void accompany(Object by) {
        companion = by;
    }

    /** Whether the driver's connection is closed. */
    public boolean isOver() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
