package dev.penstock.spring.transaction;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Has every transaction manager tell of its transactions, also one that the application declares itself, as it does with
 * several DataSources.
 */
final class TransactionManagers implements BeanPostProcessor {
    private final ObjectProvider<TransactionTimeouts> timeouts;

    TransactionManagers(ObjectProvider<TransactionTimeouts> timeouts) {
        this.timeouts = timeouts;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            TransactionTimeouts told = timeouts.getObject();
            if (!manager.getTransactionExecutionListeners().contains(told)) { // by Spring Boot
                manager.addListener(told);
            }
        }
        return bean;
    }
}
