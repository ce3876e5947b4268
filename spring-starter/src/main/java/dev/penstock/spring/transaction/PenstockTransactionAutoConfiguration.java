package dev.penstock.spring.transaction;

import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.pools.LimitedPools;
import dev.penstock.spring.settings.OnPenstockCondition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Holds the connections of a transaction with a timeout to what is left of it, in pools with any limit of {@code
 * penstock.session.*}: {@code penstock.session.transaction-timeout=0s} is enough of one. Whoever has made the
 * transaction manager: Spring Boot adds listeners to its own only.
 */
@AutoConfiguration(after = PenstockAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.transaction.TransactionExecutionListener",
            "org.springframework.transaction.support.TransactionSynchronizationManager"
        })
@Conditional(OnPenstockCondition.class)
public class PenstockTransactionAutoConfiguration {
    /** Before the first pool is made. */
    @Bean
    LimitedPools penstockTransactionLimits(TransactionManagers managers) {
        return config -> config.toBuilder("transaction timeouts")
                .listener(managers.timeouts())
                .build();
    }

    @Bean
    static TransactionManagers penstockTransactionManagers() {
        return new TransactionManagers();
    }
}
