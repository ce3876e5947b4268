package dev.penstock.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockListener;
import dev.penstock.spring.PenstockAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.TransactionExecutionListener;

/** Where there are no transactions, or no Penstock, there is nothing to hold to a timeout. */
class TransactionConditionsTest {
    private final ApplicationContextRunner spring = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(PenstockAutoConfiguration.class, PenstockTransactionAutoConfiguration.class));

    @Test
    void whereThereAreTransactionsTheirTimeoutsAreWatched() {
        spring.run(context -> assertThat(context).hasSingleBean(TransactionManagers.class));
    }

    /** Applications inject theirs by type. */
    @Test
    void noListenerIsABean() {
        spring.run(context -> assertThat(context)
                .doesNotHaveBean(TransactionExecutionListener.class)
                .doesNotHaveBean(PenstockListener.class));
    }

    @Test
    void withoutTransactionsOfSpringsThereIsNothing() {
        spring.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TransactionManagers.class));
    }

    @Test
    void switchedOffThereIsNothing() {
        spring.withPropertyValues("penstock.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TransactionManagers.class));
    }
}
