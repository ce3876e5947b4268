package dev.penstock.spring.transaction;

import java.util.Date;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stays with a transaction that has begun inside one of another manager; with it, it is suspended and ends.
 *
 * @param endsOfOthers what it is not held to, by identity
 */
record InsideAnother(List<Date> endsOfOthers) implements TransactionSynchronization {
    /** What the calling thread's transaction is not held to. */
    static List<Date> endsOfOthersNow() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                ? TransactionSynchronizationManager.getSynchronizations().stream()
                        .filter(InsideAnother.class::isInstance)
                        .map(InsideAnother.class::cast)
                        .map(InsideAnother::endsOfOthers)
                        .findFirst()
                        .orElse(List.of())
                : List.of();
    }
}
