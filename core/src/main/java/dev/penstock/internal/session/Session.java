package dev.penstock.internal.session;

import dev.penstock.SessionActivity;
import dev.penstock.SessionActivity.Kind;
import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.socket.SocketPicture;
import dev.penstock.internal.socket.StampedSocket;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One physical session as the layers above the pool see it: what it is doing, and how to end it. Thread-safe.
 *
 * <p>Holds its connection weakly: {@link Sessions} holds it, and must not keep a connection that nobody else has.
 */
public final class Session {
    private final WeakReference<BaseConnection> connection;
    private final int backendPid;
    private final @Nullable Socket socket;
    private final @Nullable StampedSocket stamped;
    private final @Nullable String address;
    private final @Nullable SocketSource source;
    private final ServerSide side;

    /** What the layer above the pool keeps beside it. */
    private volatile @Nullable Object companion;

    /**
     * An open session.
     *
     * @param socket below TLS; it tells what the session does if it is ours, and if this pgjdbc can be asked for its
     *     part; null if there is none to be had
     * @param address address and port; null where it is not ours to choose
     * @param source where its cancel requests go through; null if they do not go through ours
     * @param side what is known of its server
     */
    public Session(
            BaseConnection connection,
            @Nullable Socket socket,
            @Nullable String address,
            @Nullable SocketSource source,
            ServerSide side) {
        this.source = source;
        this.side = side;
        this.connection = new WeakReference<>(connection);
        this.backendPid = connection.getBackendPID();
        this.socket = socket;
        this.stamped = socket instanceof StampedSocket ours && Drivers.tellTransactionState() ? ours : null;
        this.address = address;
        if (stamped != null) {
            stamped.attach(this::inTransaction);
        }
    }

    /** Process id of its server process, as BackendKeyData had it. */
    public int backendPid() {
        return backendPid;
    }

    /** Address and port; null where it is not known. */
    public @Nullable String address() {
        return address;
    }

    /** What is known of its server. */
    public ServerSide side() {
        return side;
    }

    /** The driver's connection, for whoever has it on loan; null if it is gone. */
    public @Nullable BaseConnection connection() {
        return connection.get();
    }

    /** Whether its socket is ours, so that {@link #activity} and {@link #lastExchangeNanos} tell something. */
    public boolean isVisible() {
        return stamped != null;
    }

    /** All that is seen on its socket now; null if that cannot be said. */
    public @Nullable SocketPicture picture() {
        return stamped == null ? null : stamped.picture();
    }

    /** Number of the latest exchange, for whoever uses the session; negative if that cannot be said. */
    public long latestExchange() {
        SocketPicture picture = picture();
        return picture == null ? -1 : picture.exchange();
    }

    /** What it is doing at this ticker time. */
    public SessionActivity activity(long now) {
        SocketPicture picture = stamped == null ? null : stamped.picture();
        return picture == null ? SessionActivity.UNKNOWN : activity(picture, now);
    }

    private static SessionActivity activity(SocketPicture seen, long now) {
        if (seen.insideWrite()) {
            return since(Kind.SENDING, seen.writeBegunAt(), seen, now);
        }
        if (seen.insideRead()) {
            // notifications only come outside transactions, and the driver does not wait for them in one
            return seen.answered() && !seen.inTransaction()
                    ? since(Kind.LISTENING, seen.readBegunAt(), seen, now)
                    : since(Kind.WAITING_FOR_SERVER, seen.begunAt(), seen, now);
        }
        return since(seen.inTransaction() ? Kind.IDLE_IN_TRANSACTION : Kind.IDLE, seen.lastUsed(), seen, now);
    }

    private static SessionActivity since(Kind kind, long start, SocketPicture seen, long now) {
        Duration open = seen.inTransaction() ? from(seen.outsideTransactionAt(), now) : null;
        return new SessionActivity(kind, from(start, now), open);
    }

    /** Whoever asks may have looked at the clock before it happened. */
    private static Duration from(long start, long now) {
        return Duration.ofNanos(Math.max(0, now - start));
    }

    /** Ticker time of the last byte either way, or of the end of a read that brought none; long past if invisible. */
    public long lastExchangeNanos() {
        return stamped == null ? Long.MIN_VALUE : stamped.lastUsedNanos();
    }

    /** Whether a transaction is open, also one that has failed. */
    public boolean inTransaction() {
        BaseConnection open = connection.get();
        return open != null && open.getTransactionState() != TransactionState.IDLE;
    }

    /**
     * The same, or if a statement runs that has begun one: the driver knows of that only once it is over.
     *
     * @param now ticker time
     */
    public boolean mayBeInTransaction(long now) {
        BaseConnection open = connection.get();
        try {
            return inTransaction() || (open != null && activity(now).isBusy() && !open.getAutoCommit());
        } catch (SQLException e) {
            return false; // it is closed
        }
    }

    /**
     * Asks the server to cancel what it is doing; blocks for a second at most, unless a socket factory of the user's
     * own blocks longer before it returns a socket. Whether anything was cancelled is not known.
     *
     * @throws SQLException if the connection is closed
     */
    public void cancel() throws SQLException {
        BaseConnection open = connection.get();
        if (open != null) {
            open.cancelQuery();
        }
    }

    /**
     * Closes the socket, which frees whoever reads or writes on it, and the driver's connection; never blocks, never
     * throws. The socket first: closing TLS waits for whoever is inside a write.
     */
    public void abort() {
        if (socket != null) {
            HandOver.closeQuietly(socket);
        }
        BaseConnection open = connection.get();
        if (open != null) {
            OpenedSession.discard(open);
        }
    }

    // ---- enforcement ---------------------------------------------------------------------------

    /** See {@link StampedSocket#hold}; false where its socket is not ours. */
    public boolean hold(long exchange) {
        return stamped != null && stamped.hold(exchange);
    }

    /** See {@link StampedSocket#release}. */
    public void release(long exchange) {
        if (stamped != null) {
            stamped.release(exchange);
        }
    }

    /** See {@link StampedSocket#end}. */
    public boolean end(long exchange, Supplier<? extends SocketException> because) {
        return stamped != null && stamped.end(exchange, because);
    }

    /** Whether nobody enforces anything on it, nor has ended it; one volatile read. */
    public boolean isFree() {
        return stamped == null || stamped.isFree();
    }

    /**
     * Waits while somebody enforces something on it, for a second or so at most.
     *
     * @return whether it may be used further
     */
    public boolean awaitFree() {
        if (stamped == null) {
            return true;
        }
        stamped.awaitRelease();
        return !stamped.isOver();
    }

    /** As {@link #cancel()}, and says what became of the request. */
    public CancelOutcome cancelAndWatch() throws SQLException {
        BaseConnection open = connection.get();
        if (open == null || source == null) {
            return CancelOutcome.NOT_SENT;
        }
        return source.watching(open::cancelQuery);
    }

    /** Whether the server has said something that nobody has read yet; a system call. */
    public boolean hasUnread() {
        return stamped != null && stamped.hasUnread();
    }

    /** Whether a COPY is under way; not to be asked often. */
    public boolean isInCopy() {
        BaseConnection open = connection.get();
        return open != null && Drivers.isInCopy(open);
    }

    /** How many statements are under way at once, as in a batch; at least one. Not to be asked often. */
    public int statementsUnderWay() {
        BaseConnection open = connection.get();
        return open == null ? 1 : Drivers.statementsUnderWay(open);
    }

    /** What a thread waits for that reads from it; not to be asked often. */
    public static Wait waitOf(@Nullable Thread reader) {
        return reader == null ? Wait.ANSWER : Drivers.waitOf(reader);
    }

    /** Whether statements outside a transaction begin one. */
    public boolean beginsTransactions() {
        BaseConnection open = connection.get();
        try {
            return open != null && !open.getAutoCommit();
        } catch (SQLException e) {
            return false; // it is closed
        }
    }

    /** What the layer above the pool keeps beside it; null if nothing. */
    public @Nullable Object companion() {
        return companion;
    }

    /** Keeps something beside it. */
    public void accompany(Object by) {
        companion = by;
    }

    /** Whether a limit, or a cancel request that got lost, has ended it. */
    public boolean wasEnded() {
        return stamped != null && stamped.isOver();
    }

    /** Whether the driver's connection is closed, its socket was ended, or nobody has it any more. */
    public boolean isOver() {
        BaseConnection open = connection.get();
        try {
            return open == null || open.isClosed() || wasEnded();
        } catch (SQLException e) {
            return true;
        }
    }
}
