package dev.penstock.internal.failure;

import dev.penstock.ConnectOutcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Classifies what pgjdbc throws: by the SQLState of the server's own error message, else by the class of
 * the I/O error. Messages are for people. Failures that we caused ourselves never come here: they are
 * known by our own flags.
 */
public final class FailureClass {
    /** Depth to which a cause chain is followed; chains with loops exist. */
    private static final int DEPTH = 10;

    private static final Set<Class<?>> UNREACHABLE = Set.of(
            ConnectException.class,
            NoRouteToHostException.class,
            PortUnreachableException.class,
            UnknownHostException.class);

    private FailureClass() {}

    /** The class of a failure before a session was usable. */
    public static ConnectOutcome of(Throwable failure) {
        String refusal = serverState(failure);
        if (refusal != null) {
            return ofServerState(refusal);
        }
        if (find(failure, SocketTimeoutException.class) != null) {
            return ConnectOutcome.TIMED_OUT;
        }
        for (Class<?> unreachable : UNREACHABLE) {
            if (find(failure, unreachable) != null) {
                return ConnectOutcome.UNREACHABLE;
            }
        }
        return ConnectOutcome.BROKEN;
    }

    private static ConnectOutcome ofServerState(String state) {
        if (state.startsWith("28") || state.equals("3D000")) {
            return ConnectOutcome.REJECTED;
        }
        return switch (state) {
            case "53300" -> ConnectOutcome.SERVER_FULL;
            case "57P03" -> ConnectOutcome.STARTING_UP;
            default -> ConnectOutcome.SERVER_ERROR;
        };
    }

    /** SQLState of the server's error message if it sent one, else that of the driver, else null. */
    public static @Nullable String sqlState(Throwable failure) {
        String server = serverState(failure);
        if (server != null) {
            return server;
        }
        SQLException sql = find(failure, SQLException.class);
        return sql == null ? null : sql.getSQLState();
    }

    private static @Nullable String serverState(Throwable failure) {
        PSQLException psql = find(failure, PSQLException.class);
        ServerErrorMessage message = psql == null ? null : psql.getServerErrorMessage();
        return message == null ? null : message.getSQLState();
    }

    /** Whether an I/O error is in the chain; if not, the driver gave up by itself. */
    public static boolean isIo(Throwable failure) {
        return find(failure, java.io.IOException.class) != null;
    }

    /** Whether it is TLS that failed: a certificate that one side does not accept, no common version, an alert. */
    public static boolean isTlsHandshake(Throwable failure) {
        return find(failure, SSLHandshakeException.class) != null;
    }

    private static <T> @Nullable T find(Throwable failure, Class<T> type) {
        Throwable link = failure;
        for (int i = 0; i < DEPTH && link != null; i++) {
            if (type.isInstance(link)) {
                return type.cast(link);
            }
            link = link.getCause();
        }
        return null;
    }
}
