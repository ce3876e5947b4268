package dev.penstock.spring.events;

import dev.penstock.PenstockListener;
import dev.penstock.internal.time.Ticker;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.ConditionalOnSwitch;
import dev.penstock.spring.settings.PoolSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * What happens to pools, for the application: beans of type {@link PenstockListener} are told by every pool, and an
 * {@code @EventListener} of one of the records in there gets it some time later, on a thread of its own.
 */
@AutoConfiguration(after = PenstockAutoConfiguration.class)
@ConditionalOnBean(PoolSettings.class)
public class PenstockEventsAutoConfiguration {
    @Bean
    PoolListeners penstockPoolListeners(
            PenstockPools pools, ObjectProvider<PenstockListener> listeners, ObjectProvider<EventPublisher> publisher) {
        return new PoolListeners(pools, listeners, publisher);
    }

    @Bean
    @ConditionalOnSwitch(value = "penstock.events.enabled", byDefault = true)
    EventPublisher penstockEventPublisher(ApplicationContext context, PoolSettings settings) {
        return new EventPublisher(context, settings.starter().eventsPerMinute(), Ticker.system());
    }
}
