package dev.penstock.spring.metrics;

import dev.penstock.metrics.PenstockMetrics;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.ConditionalOnSwitch;
import dev.penstock.spring.settings.PoolSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters of Penstock's in the application's registry, where there is Micrometer. They stand beside {@code hikaricp.*}
 * and {@code jdbc.connections.*}, which stay what they are unless {@code penstock.metrics.opentelemetry-names} is set.
 */
@AutoConfiguration(after = PenstockAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(PoolSettings.class)
public class PenstockMetricsAutoConfiguration {
    /** Unless the application binds them itself: twice in one registry would count everything twice. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSwitch(value = "penstock.metrics.enabled", byDefault = true)
    @ConditionalOnMissingBean(PenstockMetrics.class)
    static class Bound {
        @Bean
        PoolMeters penstockPoolMeters(PenstockPools pools, PoolSettings settings) {
            return new PoolMeters(pools, settings.starter().holdTimeSites());
        }
    }

    /** Registries are made early, and want their filters then: this one needs nobody. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSwitch("penstock.metrics.opentelemetry-names")
    static class Renamed {
        @Bean
        static MeterFilter penstockOpenTelemetryNames() {
            return new OpenTelemetryNames();
        }
    }
}
