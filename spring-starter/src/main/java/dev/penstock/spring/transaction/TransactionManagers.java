package dev.penstock.spring.transaction;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Has every transaction manager tell of its transactions, also one that the application declares itself, as it does with
 * several DataSources.
 */
final class TransactionManagers implements BeanPostProcessor {
    private final TransactionTimeouts timeouts = new TransactionTimeouts();

    /** No bean: applications inject their own listeners by what they implement, and would find two. */
    TransactionTimeouts timeouts() {
        return timeouts;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(timeouts);
        }
        return bean;
    }
}
