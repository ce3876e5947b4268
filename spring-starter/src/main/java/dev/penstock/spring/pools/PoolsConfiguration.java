package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.PoolSettings;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who looks at the DataSources of a context. */
@Configuration(proxyBeanMethods = false)
public class PoolsConfiguration {
    private static PoolDesk desk(
            ObjectProvider<PoolSettings> settings,
            ObjectProvider<PenstockPools> pools,
            ObjectProvider<PenstockConfigCustomizer> customizers) {
        return new PoolDesk(settings, pools, customizers);
    }

    /** Pools that have not started. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HikariDataSource.class, PenstockHikariDataSource.class})
    static class OfHikari {
        @Bean
        static HikariSwap penstockHikariSwap(
                ObjectProvider<PoolSettings> settings,
                ObjectProvider<PenstockPools> pools,
                ObjectProvider<PenstockConfigCustomizer> customizers,
                ObjectProvider<HikariMaker> maker,
                ObjectProvider<LimitedPools> limited,
                ConfigurableListableBeanFactory beans) {
            return new HikariSwap(
                    desk(settings, pools, customizers),
                    new Definitions(beans),
                    () -> maker.getIfAvailable(() -> PenstockHikariDataSource::new),
                    config ->
                            limited.getIfAvailable(() -> unchanged -> unchanged).apply(config));
        }
    }

    @Bean
    static PoolGuard penstockPoolGuard(
            ObjectProvider<PoolSettings> settings,
            ObjectProvider<PenstockPools> pools,
            ObjectProvider<PenstockConfigCustomizer> customizers,
            ConfigurableListableBeanFactory beans) {
        return new PoolGuard(desk(settings, pools, customizers), new Definitions(beans));
    }

    @Bean
    static PoolNamesCheck penstockPoolNamesCheck(
            ListableBeanFactory beans, ObjectProvider<PoolSettings> settings, ObjectProvider<Slice> slice) {
        return new PoolNamesCheck(beans, settings, slice);
    }
}
