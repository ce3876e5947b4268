package dev.penstock.spring.metrics;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.events.PenstockEventsAutoConfiguration;
import dev.penstock.spring.observation.PenstockObservationAutoConfiguration;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications with metrics, with the starter and without. */
public final class Contexts {
    private static final Class<?>[] OF_BOOT = {
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        DataSourcePoolMetricsAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        ObservationAutoConfiguration.class
    };
    private static final Class<?>[] OF_STARTER = {
        PenstockAutoConfiguration.class,
        PenstockMetricsAutoConfiguration.class,
        PenstockObservationAutoConfiguration.class,
        PenstockEventsAutoConfiguration.class
    };

    private Contexts() {}

    /** With the starter and a registry. */
    public static ApplicationContextRunner on(PostgresServer postgres) {
        return withoutRegistry(postgres)
                .withConfiguration(AutoConfigurations.of(SimpleMetricsExportAutoConfiguration.class));
    }

    /** With the starter; registries are somebody else's business. */
    public static ApplicationContextRunner withoutRegistry(PostgresServer postgres) {
        return runner(postgres, Stream.concat(Stream.of(OF_STARTER), Stream.of(OF_BOOT)));
    }

    /** The same application before the starter was added. */
    public static ApplicationContextRunner withoutStarter(PostgresServer postgres) {
        return runner(
                postgres, Stream.concat(Stream.of(OF_BOOT), Stream.of(SimpleMetricsExportAutoConfiguration.class)));
    }

    private static ApplicationContextRunner runner(PostgresServer postgres, Stream<Class<?>> configurations) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(configurations.toArray(Class<?>[]::new)))
                .withPropertyValues(
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "spring.datasource.hikari.pool-name=orders",
                        "spring.datasource.hikari.maximum-pool-size=1");
    }

    /** A DataSource {@code late}: known to the context, and made when somebody wants it. */
    public static void defineLatePool(AssertableApplicationContext context, PostgresServer postgres) {
        ((BeanDefinitionRegistry) context.getBeanFactory())
                .registerBeanDefinition(
                        "late", new RootBeanDefinition(HikariDataSource.class, () -> pool("late", postgres)));
    }

    /** Not started. */
    static HikariDataSource pool(String name, PostgresServer postgres) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(1);
        return pool;
    }
}
