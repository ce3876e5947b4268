package dev.penstock.internal.session;

import java.lang.reflect.Modifier;
import org.postgresql.core.QueryExecutorBase;

/** What this pgjdbc can be asked while somebody else uses the connection. */
public final class Drivers {
    /**
     * Whether the driver tells the state of a transaction at once. Where the field is not volatile it is read under the
     * lock that a running statement holds: whoever looks would hang with the statement.
     */
    private static final boolean TELLS_TRANSACTION_STATE = tellsTransactionState();

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
}
