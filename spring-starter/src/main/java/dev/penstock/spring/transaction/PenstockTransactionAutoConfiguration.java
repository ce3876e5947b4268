package dev.penstock.spring.transaction;

import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.settings.OnPenstockCondition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Holds the connections of a transaction with a timeout to what is left of it, in pools with any limit of {@code
 * penstock.session.*}: {@code penstock.session.transaction-timeout=0s} is enough of one. Spring Boot adds every {@link
 * TransactionExecutionListener} to the transaction managers.
 */
@AutoConfiguration(after = PenstockAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.transaction.TransactionExecutionListener",
            "org.springframework.transaction.support.TransactionSynchronizationManager"
        })
@Conditional(OnPenstockCondition.class)
public class PenstockTransactionAutoConfiguration {
    @Bean
    TransactionTimeouts penstockTransactionTimeouts() {
        return new TransactionTimeouts();
    }

    /** Before the first pool is made. */
    @Bean
    PenstockConfigCustomizer penstockTransactionCustomizer(TransactionTimeouts timeouts) {
        return (bean, config) -> config.listener(timeouts);
    }
}
