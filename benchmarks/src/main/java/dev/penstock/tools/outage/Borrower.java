package dev.penstock.tools.outage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * One caller: borrows, asks one short question, holds the connection for a moment, returns it, rests; over and over.
 *
 * <p>The question has a limit of its own, set on the connection for that one query and taken back after it, as a
 * careful application does; without it every caller that held a connection when the server fell silent would hang in
 * its own query, whatever the pool. What is counted as served was answered: a pool that lends a dead connection has
 * served nobody.
 */
final class Borrower implements Runnable {
    private static final long OUTSIDE = Long.MIN_VALUE;

    private final int number;
    private final DataSource pool;
    private final CallLog log;
    private final Consumer<Throwable> failures;
    private volatile long insideSince = OUTSIDE; // written by the borrower's own thread
    private volatile boolean stopped;

    /** @param failures is given what the pool throws */
    Borrower(int number, DataSource pool, CallLog log, Consumer<Throwable> failures) {
        this.number = number;
        this.pool = pool;
        this.log = log;
        this.failures = failures;
    }

    /** Ends it after the borrow that is under way. */
    void stop() {
        stopped = true;
    }

    /** For how long its present call into the pool has been running; zero if there is none. */
    long insideNanos(long now) {
        long since = insideSince;
        return since == OUTSIDE ? 0 : Math.max(0, now - since);
    }

    @Override
    public void run() {
        while (!stopped) {
            borrow();
            rest();
        }
    }

    private void borrow() {
        long start = enter();
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException | RuntimeException e) {
            long inPool = leave(start);
            failures.accept(e);
            log.add(new Call(number, Outcome.FAILED, System.nanoTime(), inPool));
            return;
        }
        long toBorrow = leave(start);
        Outcome outcome = answers(connection) ? Outcome.SERVED : Outcome.DEAD;
        long answeredAt = System.nanoTime();
        LockSupport.parkNanos(Limits.HOLD.toNanos());
        log.add(new Call(number, outcome, answeredAt, Math.max(toBorrow, giveBack(connection))));
    }

    private static boolean answers(Connection connection) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) Limits.QUERY.toMillis());
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT 1")) {
                return result.next();
            } finally {
                connection.setNetworkTimeout(Runnable::run, before);
            }
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private long giveBack(Connection connection) {
        long start = enter();
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // it was broken, and the query has said so
        }
        return leave(start);
    }

    private long enter() {
        long now = System.nanoTime();
        insideSince = now;
        return now;
    }

    private long leave(long start) {
        insideSince = OUTSIDE;
        return System.nanoTime() - start;
    }

    private void rest() {
        if (!stopped) {
            LockSupport.parkNanos(Limits.REST.toNanos());
        }
    }
}
