package dev.penstock.spring.observation;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.pools.HikariMaker;
import dev.penstock.spring.settings.ConditionalOnSwitch;
import dev.penstock.spring.settings.PoolSettings;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Each borrow as an Observation: off unless {@code penstock.observation.enabled} is true, and then not even there. */
@AutoConfiguration(after = PenstockAutoConfiguration.class)
@ConditionalOnClass({ObservationRegistry.class, HikariDataSource.class, PenstockHikariDataSource.class})
@ConditionalOnBean(PoolSettings.class)
@ConditionalOnSwitch("penstock.observation.enabled")
public class PenstockObservationAutoConfiguration {
    @Bean
    Borrows penstockBorrows(
            ObjectProvider<ObservationRegistry> registries, ObjectProvider<AcquireConvention> conventions) {
        return new Borrows(registries, conventions);
    }

    @Bean
    @ConditionalOnMissingBean
    HikariMaker penstockHikariMaker(Borrows borrows) {
        return config -> new ObservedHikariDataSource(config, borrows);
    }
}
