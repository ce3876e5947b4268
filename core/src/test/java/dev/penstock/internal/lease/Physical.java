package dev.penstock.internal.lease;

import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.socket.ScriptedSocket;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A session of pgjdbc's, as far as leases look at one. */
final class Physical {
    final BaseConnection connection;
    final Session session;

    /** Null: nothing is seen of what it does. */
    final @Nullable ScriptedSocket wire;

    volatile boolean closed;
    volatile boolean inTransaction;
    volatile boolean autoCommit = true;

    Physical(int pid, @Nullable ScriptedSocket wire) {
        this(pid, wire, ServerSide.NOT_ASKED);
    }

    Physical(int pid, @Nullable ScriptedSocket wire, ServerSide side) {
        this.wire = wire;
        this.connection = (BaseConnection) Proxy.newProxyInstance(
                Physical.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (proxy, method, arguments) -> answer(proxy, method, arguments, pid));
        this.session = new Session(connection, wire == null ? null : wire.socket(), "127.0.0.1:5432", null, side);
    }

    private @Nullable Object answer(Object proxy, Method method, Object[] arguments, int pid) {
        return switch (method.getName()) {
            case "getBackendPID" -> pid;
            case "getTransactionState" -> inTransaction ? TransactionState.OPEN : TransactionState.IDLE;
            case "getAutoCommit" -> autoCommit;
            case "isClosed" -> closed;
            case "abort" -> {
                closed = true;
                yield null;
            }
            case "unwrap" -> proxy;
            case "hashCode" -> pid;
            case "equals" -> proxy == arguments[0];
            case "toString" -> "session " + pid;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }
}
