package dev.penstock;

import java.sql.SQLException;

/**
 * Supplies user and password for each new physical connection: rotating passwords, IAM tokens.
 *
 * <p>Called on a Penstock thread, under the connect deadline, and one call at a time per connector:
 * connects that arrive while a call is under way share its result. A call that outlasts the deadline
 * fails the connect in phase {@link ConnectPhase#CREDENTIALS} and is waited for by the next one. Only when
 * it has taken 30 s is another call made beside it, then after 60 s, 120 s and so on, so that a call that
 * never returns does not hold up the connector for good: must be thread-safe, and should have a limit of
 * its own.
 */
@FunctionalInterface
public interface CredentialsSupplier {
    /** User and password for the next physical connection. */
    Credentials get() throws SQLException;
}
