package dev.penstock.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.TransactionLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is narrowed, and until when, whatever the transaction manager does. */
class TransactionTimeoutsTest {
    private final TransactionTimeouts timeouts = new TransactionTimeouts();
    private final Manager manager = new Manager();

    @AfterEach
    void nothingIsLeftInTheThread() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    /** A lease that notes what it is held to. */
    private static final class Lease implements TransactionLimit {
        private @Nullable Duration limit;
        private int ends;

        @Override
        public boolean limitTransaction(Duration most) {
            limit = most;
            return true;
        }

        @Override
        public void endTransactionLimit() {
            ends++;
        }
    }

    /** One that borrows as it begins, or not at all; with a resource that has the timeout. */
    private final class Manager extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1;

        private final transient List<Lease> borrowed = new ArrayList<>();
        private boolean borrowsAtOnce = true;
        private boolean failsToBegin;

        private Manager() {
            setTransactionExecutionListeners(List.of(timeouts));
        }

        private void borrow() {
            Lease lease = new Lease();
            borrowed.add(lease);
            timeouts.borrowed(lease);
        }

        @Override
        protected Object doGetTransaction() {
            return new ResourceHolderSupport() {};
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            if (borrowsAtOnce) {
                borrow();
            }
            if (failsToBegin) {
                throw new IllegalStateException("on purpose");
            }
            ResourceHolderSupport holder = (ResourceHolderSupport) transaction;
            if (definition.getTimeout() != TransactionDefinition.TIMEOUT_DEFAULT) {
                holder.setTimeoutInSeconds(definition.getTimeout());
            }
            TransactionSynchronizationManager.bindResource(this, holder);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}

        @Override
        protected void doCleanupAfterCompletion(Object transaction) {
            TransactionSynchronizationManager.unbindResource(this);
        }
    }

    private TransactionTemplate transaction(int timeout) {
        return transaction(manager, timeout);
    }

    private static TransactionTemplate transaction(Manager manager, int timeout) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        template.setTimeout(timeout);
        return template;
    }

    private Lease only() {
        assertThat(manager.borrowed).hasSize(1);
        return manager.borrowed.get(0);
    }

    @Test
    void whatIsBorrowedWhileItBeginsIsNarrowedOnceItHasBegun() {
        transaction(30).executeWithoutResult(status -> {
            assertThat(only().limit).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
            assertThat(only().ends).isZero();
        });
        assertThat(only().ends).isEqualTo(1);
    }

    @Test
    void whatIsBorrowedLaterIsNarrowedToWhatIsLeft() {
        manager.borrowsAtOnce = false;
        transaction(30).executeWithoutResult(status -> {
            manager.borrow();
            assertThat(only().limit).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        });
        assertThat(only().ends).isEqualTo(1);
    }

    @Test
    void withoutATimeoutNothingIsNarrowed() {
        transaction(TransactionDefinition.TIMEOUT_DEFAULT).executeWithoutResult(status -> manager.borrow());
        assertThat(manager.borrowed).hasSize(2).allMatch(lease -> lease.limit == null && lease.ends == 0);
    }

    @Test
    void outsideTransactionsNothingIsNarrowed() {
        manager.borrow();
        assertThat(only().limit).isNull();
    }

    /** Spring leaves the resources of the outer one where they are: it suspends none of another manager's. */
    @Test
    void aTransactionOfAnotherManagerInsideHasATimeoutOfItsOwnOrNone() {
        Manager inside = new Manager();
        transaction(30).executeWithoutResult(outer -> {
            transaction(inside, TransactionDefinition.TIMEOUT_DEFAULT).executeWithoutResult(status -> inside.borrow());
            assertThat(inside.borrowed).hasSize(2).allMatch(lease -> lease.limit == null);

            transaction(inside, 300).executeWithoutResult(status -> inside.borrow());
            assertThat(inside.borrowed.subList(2, 4))
                    .allSatisfy(lease -> assertThat(lease.limit).isGreaterThan(Duration.ofSeconds(200)));

            manager.borrow();
            assertThat(manager.borrowed)
                    .hasSize(2)
                    .allSatisfy(lease -> assertThat(lease.limit).isLessThanOrEqualTo(Duration.ofSeconds(30)));
        });
    }

    /** Its time is over: the least that can be set, and the grace. */
    @Test
    void whatIsBorrowedTooLateHasNoTimeLeft() {
        manager.borrowsAtOnce = false;
        transaction(0).executeWithoutResult(status -> manager.borrow());
        assertThat(only().limit).isEqualTo(TimeLeft.LEAST);
    }

    @Test
    void aTransactionThatCannotBeginLeavesNothing() {
        manager.failsToBegin = true;
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> transaction(30).executeWithoutResult(s -> {})))
                .hasMessage("on purpose");
        assertThat(only().limit).isNull();
    }

    /** Its threads change. */
    @Test
    void reactiveTransactionsAreNoneOfThreads() {
        TransactionExecution reactive = new TransactionExecution() {};
        timeouts.beforeBegin(reactive);
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        timeouts.afterBegin(reactive, null);
    }
}
