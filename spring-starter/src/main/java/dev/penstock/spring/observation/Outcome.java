package dev.penstock.spring.observation;

import dev.penstock.PoolUnavailableException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;

/** How a borrow ended. */
public enum Outcome {
    /** With a connection. */
    ACQUIRED,
    /** In the gate: the pool is empty and no connection can be made, or it is suspended. */
    UNAVAILABLE,
    /** In the pool: none came free within {@code connectionTimeout}. */
    TIMED_OUT,
    /** In any other way: the pool is closed, the thread was interrupted, the start of the pool failed. */
    FAILED;

    /** What whoever borrowed got instead of a connection. */
    static Outcome of(Throwable thrown) {
        if (thrown instanceof PoolUnavailableException) {
            return UNAVAILABLE;
        }
        return thrown instanceof SQLTransientConnectionException ? TIMED_OUT : FAILED;
    }

    /** As a value of a key: in small letters. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
