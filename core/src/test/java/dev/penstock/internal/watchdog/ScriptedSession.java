package dev.penstock.internal.watchdog;

import dev.penstock.OpenLease;
import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.socket.SocketPicture;
import dev.penstock.internal.time.Ticker;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A session whose driver, socket and borrowers a test plays. */
class ScriptedSession implements Occupant {
    final ScriptedSocket wire;
    final BaseConnection connection;
    final Session session;

    boolean inTransaction;
    boolean autoCommit = true;
    boolean closed;

    private long leases;
    private long occupancy;
    private @Nullable Limits limits;
    long transactionTimeout = Limits.NEVER;
    boolean mustNotBeLent;

    ScriptedSession(int pid, Ticker ticker) {
        this.wire = new ScriptedSocket(ticker);
        this.connection = (BaseConnection) Proxy.newProxyInstance(
                ScriptedSession.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (proxy, method, arguments) -> answer(proxy, method, arguments, pid));
        this.session = new Session(connection, wire.socket(), "127.0.0.1:5432", null, ServerSide.NOT_ASKED);
        session.accompany(this);
    }

    private Object answer(Object proxy, Method method, Object[] arguments, int pid) {
        return switch (method.getName()) {
            case "getBackendPID" -> pid;
            case "getTransactionState" -> inTransaction ? TransactionState.OPEN : TransactionState.IDLE;
            case "getAutoCommit" -> autoCommit;
            case "isClosed" -> closed;
            case "hashCode" -> pid;
            case "equals" -> proxy == arguments[0];
            case "toString" -> "session " + pid;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    SocketPicture picture() {
        return Objects.requireNonNull(session.picture());
    }

    boolean isOver() {
        return wire.socket().isOver();
    }

    boolean isFree() {
        return wire.socket().isFree();
    }

    // ---- leases ---------------------------------------------------------------------------------

    /** Held to limits of its own, or to the usual ones. */
    void borrow(@Nullable Limits own) {
        limits = own;
        occupancy = ++leases;
    }

    void giveBack() {
        occupancy = 0;
        limits = null;
    }

    boolean isOnLoan() {
        return occupancy != 0;
    }

    @Override
    public long occupancy() {
        return occupancy;
    }

    @Override
    public @Nullable Limits limits() {
        return limits;
    }

    @Override
    public long transactionTimeout() {
        return transactionTimeout;
    }

    @Override
    public @Nullable OpenLease lease(long now) {
        return null;
    }

    @Override
    public void sessionEnded() {
        mustNotBeLent = occupancy == 0;
    }
}
