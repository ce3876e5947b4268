package dev.penstock.internal.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.v3.QueryExecutorImpl;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.xa.PGXAConnection;

/** What this pgjdbc can be asked while somebody else uses the connection. */
public final class Drivers {
    /**
     * Whether the driver tells the state of a transaction at once. Where the field is not volatile it is read under the
     * lock that a running statement holds: whoever looks would hang with the statement.
     */
    private static final boolean TELLS_TRANSACTION_STATE = tellsTransactionState();

    /** Set while a COPY is under way. Null where there is no such field to be read. */
    private static final @Nullable Field LOCKED_FOR = field("lockedFor");

    /** Statements that were sent and whose end has not been seen. Null where there is no such field to be read. */
    private static final @Nullable Field EXECUTING = field("pendingExecuteQueue");

    private static final Map<String, Wait> WAITS = Map.of(
            QueryExecutorImpl.class.getName() + ".processNotifies", Wait.NOTIFICATIONS,
            PgConnection.class.getName() + ".commit", Wait.COMMIT,
            PGXAConnection.class.getName() + ".prepare", Wait.COMMIT,
            PGXAConnection.class.getName() + ".commit", Wait.COMMIT);

    private Drivers() {}

    /** Whether one may ask whether a transaction is open, whatever runs. */
    public static boolean tellTransactionState() {
        return TELLS_TRANSACTION_STATE;
    }

    private static boolean tellsTransactionState() {
        try {
            return Modifier.isVolatile(
                    QueryExecutorBase.class.getDeclaredField("transactionState").getModifiers());
        } catch (NoSuchFieldException | RuntimeException e) {
            return false;
        }
    }

    /** Whether one can see that a COPY is under way. */
    public static boolean tellCopies() {
        return LOCKED_FOR != null;
    }

    /**
     * Whether a COPY is under way: then the server is not idle, though nothing is read or written. False too where this
     * driver does not tell.
     */
    static boolean isInCopy(BaseConnection connection) {
        try {
            return LOCKED_FOR != null && LOCKED_FOR.get(connection.getQueryExecutor()) != null;
        } catch (IllegalAccessException | RuntimeException e) {
            return false;
        }
    }

    /**
     * How many statements are under way at once, as in a batch, a BEGIN that the driver has put before one included;
     * one where this driver does not tell, which also tells nothing of several in one text under
     * preferQueryMode=simple.
     */
    static int statementsUnderWay(BaseConnection connection) {
        try {
            // changed by whoever uses it, so that it may be one off for a moment; the last of several is the Sync
            return EXECUTING != null && EXECUTING.get(connection.getQueryExecutor()) instanceof Collection<?> executing
                    ? Math.max(1, executing.size() - 1)
                    : 1;
        } catch (IllegalAccessException | RuntimeException e) {
            return 1;
        }
    }

    /** What that thread waits for, by its stack: one safepoint of the JVM's on Java 17. */
    static Wait waitOf(Thread reader) {
        for (StackTraceElement frame : reader.getStackTrace()) {
            Wait known = WAITS.get(frame.getClassName() + "." + frame.getMethodName());
            if (known != null) {
                return known;
            }
        }
        return Wait.ANSWER;
    }

    private static @Nullable Field field(String name) {
        try {
            Field field = QueryExecutorImpl.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
