package dev.penstock;

import java.time.Duration;

/**
 * A connection on loan as whoever manages its transactions sees it: {@code connection.unwrap(TransactionLimit.class)},
 * for the connections of a PenstockHikariDataSource or {@link PenstockDataSource}. Thread-safe.
 *
 * <p>The client alone enforces it, see {@link SessionSettings.Builder#grace}; nothing is sent to the server.
 */
public interface TransactionLimit {
    /**
     * Holds the transaction that is open on this connection, or else those that begin on it, to this limit as well as
     * to {@code penstock.session.transactionTimeout}, counted as that is: from the first statement. It is the tighter
     * of the two that counts, until {@link #endTransactionLimit}, or until the connection is given back. Called again
     * it replaces what it was given before.
     *
     * <p>Nothing is enforced on a pool with no limit of {@code penstock.session.*} set, nor where nothing is seen of
     * the connection's socket. {@code penstock.session.transactionTimeout=0s} is enough of a limit.
     *
     * @param limit more than zero
     * @return whether it is enforced
     * @throws IllegalArgumentException if it is not more than zero
     */
    boolean limitTransaction(Duration limit);

    /** The transaction is over: from now on this connection has its usual limits again. */
    void endTransactionLimit();
}
