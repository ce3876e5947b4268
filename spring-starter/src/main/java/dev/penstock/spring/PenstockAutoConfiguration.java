package dev.penstock.spring;

import dev.penstock.spring.pools.PoolsConfiguration;
import dev.penstock.spring.settings.Off;
import dev.penstock.spring.settings.OnPenstockCondition;
import dev.penstock.spring.settings.PoolSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts Penstock below and above every HikariCP DataSource with a URL of pgjdbc's, unless {@code penstock.enabled} is
 * false. With no property set at all connections have a deadline, creation has its breaker, leaks are reported; nothing
 * that works is cut short.
 */
@AutoConfiguration(before = org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration.class)
public class PenstockAutoConfiguration {
    /** While it is not switched off. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnPenstockCondition.class)
    @Import(PoolsConfiguration.class)
    @ImportRuntimeHints(PenstockRuntimeHints.class)
    static class On {
        @Bean
        PenstockPools penstockPools() {
            return new PenstockPools();
        }

        @Bean
        PoolSettings penstockSettings(ConfigurableEnvironment environment) {
            return new PoolSettings(environment);
        }
    }

    /** Who asks for pools still starts, and nobody has to guess. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnPenstockCondition.Not.class)
    static class Switched {
        @Bean
        PenstockPools penstockPools() {
            return PenstockPools.switchedOff();
        }

        @Bean
        Off penstockIsOff() {
            return new Off();
        }
    }
}
