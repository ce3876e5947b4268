package dev.penstock.internal.events;

import java.sql.SQLException;
import org.postgresql.util.DriverInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pool has to be told once, by the log alone. */
public final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock");

    /** What is lost where nothing is seen of the socket. */
    private static final String BLIND = "what their sessions do is not seen: the client enforces no limits"
            + " (docs/timeouts.md), and leases are suspect by age alone, as LEAKED_OWNER_DEAD, LEAKED_UNREACHABLE or"
            + " LONG_HOLD (docs/leases.md)";

    private Notices() {}

    /** The user's own socketFactory makes the sockets. */
    public static void foreignSockets(String pool) {
        LOG.info("penstock '{}': the sockets are those of your own socketFactory, so {}", pool, BLIND);
    }

    /** The driver cannot be asked whether a transaction is open while a statement runs. */
    public static void oldDriver(String pool) {
        LOG.warn(
                "penstock '{}': this version of pgjdbc ({}) answers only once a running statement is over: take 42.7.13"
                        + " or later. Until then {}",
                pool,
                DriverInfo.DRIVER_VERSION,
                BLIND);
    }

    /** The driver does not let us see that a COPY is under way. */
    public static void copiesNotSeen(String pool) {
        LOG.warn(
                "penstock '{}': this version of pgjdbc ({}) does not show whether a COPY is under way: whoever pauses"
                        + " within one for longer than idleInTransactionTimeout or idleSessionTimeout counts as idle,"
                        + " and is cut. Give such work other limits: withTimeouts(...)",
                pool,
                DriverInfo.DRIVER_VERSION);
    }

    /** A connection was dropped because of what it was held to. */
    public static void limitsNotSettled(String pool, String when, Throwable why) {
        LOG.warn(
                "penstock '{}': a connection was dropped, because {} it failed ({}): what its server holds it to is not"
                        + " known. Said once",
                pool,
                when,
                firstLine(why));
    }

    /** A connection came back from its borrower in the middle of a COPY. */
    public static void givenBackInCopy(String pool) {
        LOG.warn(
                "penstock '{}': a connection was given back in the middle of a COPY, and dropped: every call on it would"
                        + " wait for the end of that. End each COPY (endCopy, cancelCopy) before close(). Said once",
                pool);
    }

    /**
     * Nothing is set on sessions, because it would reach other clients of the pooler.
     *
     * @param statements for the server
     */
    public static void behindPooler(String pool, String statements) {
        LOG.warn(
                "penstock '{}': a transaction pooler stands before the server, so limits are not set on sessions. The"
                        + " client enforces those of statements and transactions and of being idle in one; it cannot"
                        + " enforce a lock timeout. For the server to enforce what it knows, run there: {}",
                pool,
                statements);
    }

    /** A pool would not drop a connection that it must not lend again. */
    public static void notDropped(String pool, Throwable why) {
        LOG.warn(
                "penstock '{}': the pool did not drop a connection that was taken back from its borrower ({}): it may"
                        + " count as on loan for ever. If fewer and fewer are left, have the pool drop its connections,"
                        + " or restart it",
                pool,
                firstLine(why));
    }

    /** The server does not say which locks slow statements wait for. */
    public static void noLockDiagnosis(String pool, Throwable why) {
        LOG.warn(
                "penstock '{}': the server was not to be asked which locks slow statements wait for ({}): reports say"
                        + " SLOW_STATEMENT meanwhile. Said once; leases.lockDiagnosis=false if it is to stay so",
                pool,
                firstLine(why));
    }

    /** The server would not widen the limits of a session. */
    public static void notWidened(String pool, SQLException why) {
        LOG.warn(
                "penstock '{}': the server did not widen the limits of a session for a view (SQLState {}: {}): what it"
                        + " has itself stays in force, the client holds to what was asked for. Said once",
                pool,
                why.getSQLState(),
                firstLine(why));
    }

    /** A plan is declared where nobody checks it. */
    public static void planNotChecked(String connector) {
        LOG.info(
                "penstock '{}': a plan is declared (penstock.budget.plan), which PenstockHikariDataSource alone checks and"
                        + " names its connections by. Here call checkBudget(...), and set ApplicationName to"
                        + " config().budget().applicationName(...)",
                connector);
    }

    /** A failed connect has a line per address. */
    private static String firstLine(Throwable why) {
        return why.toString().lines().findFirst().orElse("");
    }

    /** The pool lends what the connector has not made. */
    public static void foreignPool(String pool) {
        LOG.warn(
                "penstock '{}': the pool has lent a connection that was not made by the connector it is guarded with:"
                        + " neither its deadline nor its breaker count for such connections, and {}",
                pool,
                BLIND);
    }
}
