package dev.penstock.spring.actuate;

import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.PoolSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * The health contributor {@code penstock}, unless {@code management.health.penstock.enabled} is false or there is a bean
 * {@code penstockHealthContributor} already.
 */
@AutoConfiguration(
        after = PenstockAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(PoolSettings.class)
public class PenstockHealthAutoConfiguration {
    @Bean
    @ConditionalOnEnabledHealthIndicator("penstock")
    @ConditionalOnMissingBean(name = {"penstockHealthIndicator", "penstockHealthContributor"})
    CompositeHealthContributor penstockHealthContributor(PenstockPools pools, PoolSettings settings) {
        return new PoolsHealth(pools, settings.starter().degradedStatus());
    }
}
