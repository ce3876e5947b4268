package dev.penstock.hikari;

import dev.penstock.internal.time.Deadline;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What a caller is told whose limit passes before the pool has started. */
final class StartFailures {
    private StartFailures() {}

    /** In HikariCP's words as far as they go, with SQLState and error code of the latest connect failure. */
    static SQLException timedOut(@Nullable String poolName, @Nullable PoolSupply supply, Deadline limit) {
        SQLException last = supply == null ? null : supply.lastFailure();
        SQLException exception = new SQLTransientConnectionException(
                poolName + " - Connection is not available, request timed out after "
                        + limit.elapsed().toMillis() + "ms (connectionTimeout "
                        + limit.limit().toMillis() + "ms): the pool is still starting, it waits for its first"
                        + " connection from " + supply,
                last == null ? null : last.getSQLState(),
                last == null ? 0 : last.getErrorCode(),
                last);
        if (last != null) {
            exception.setNextException(last);
        }
        return exception;
    }
}
