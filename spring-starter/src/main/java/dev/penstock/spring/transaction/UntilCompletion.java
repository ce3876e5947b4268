package dev.penstock.spring.transaction;

import dev.penstock.TransactionLimit;
import org.springframework.transaction.support.TransactionSynchronization;

/** Undoes the limit of a transaction with its end: whoever holds the connection for longer has the usual ones again. */
record UntilCompletion(TransactionLimit lease) implements TransactionSynchronization {
    @Override
    public void afterCompletion(int status) {
        lease.endTransactionLimit();
    }
}
