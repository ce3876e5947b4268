package dev.penstock.spring.transaction;

import dev.penstock.BorrowListener;
import dev.penstock.TransactionLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Narrows the limits of what a transaction borrows. Transaction managers differ in when they borrow: before anybody
 * knows of a timeout (JDBC; JPA too, usually), or with the first statement (Hibernate, if it is told that the pool has
 * autocommit off). So that no borrow is ever forced, it looks at those that come by themselves: what is borrowed while a
 * transaction begins is narrowed once it has begun, what is borrowed later at once.
 *
 * <p>What a transaction has is kept where Spring keeps such things, and is suspended with it. Thread-safe: transactions
 * belong to threads.
 */
final class TransactionTimeouts implements TransactionExecutionListener, BorrowListener {
    @Override
    public void beforeBegin(TransactionExecution transaction) {
        if (isOfThisThread(transaction) && !transaction.isNested()) { // a savepoint has the connection and its limit
            Object unused = TransactionSynchronizationManager // of one that never began
                    .unbindResourceIfPossible(this);
            TransactionSynchronizationManager.bindResource(this, new Beginning());
        }
    }

    /** Reactive ones have no thread, nor JDBC. */
    private static boolean isOfThisThread(TransactionExecution transaction) {
        return transaction instanceof TransactionStatus;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        Object beginning =
                isOfThisThread(transaction) ? TransactionSynchronizationManager.unbindResourceIfPossible(this) : null;
        if (failure == null && beginning instanceof Beginning begun) {
            rememberOthers(begun);
            begun.borrowed().forEach(TransactionTimeouts::narrow);
        }
    }

    private static void rememberOthers(Beginning begun) {
        if (!begun.endsOfOthers().isEmpty() && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new InsideAnother(begun.endsOfOthers()));
        }
    }

    @Override
    public void borrowed(TransactionLimit lease) {
        if (TransactionSynchronizationManager.getResource(this) instanceof Beginning beginning) {
            beginning.add(lease);
        } else if (TransactionSynchronizationManager.isActualTransactionActive()) {
            narrow(lease);
        }
    }

    private static void narrow(TransactionLimit lease) {
        Duration left = TimeLeft.ofThisThread(InsideAnother.endsOfOthersNow());
        if (left != null
                && lease.limitTransaction(left)
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new UntilCompletion(lease));
        }
    }
}
