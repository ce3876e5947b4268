package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Pools that the application declares itself, and a DataSource that sends each borrower to one of them. */
@WithPostgres
@NoLeftovers
class SeveralDataSourcesTest {
    private static final ThreadLocal<String> ROUTE = new ThreadLocal<>();

    private final PostgresServer server;

    SeveralDataSourcesTest(PostgresServer server) {
        this.server = server;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties
    static class WithTwo {
        @Bean
        @ConfigurationProperties("app.orders")
        HikariDataSource ordersDb() {
            return new HikariDataSource();
        }

        @Bean
        @ConfigurationProperties("app.archive")
        HikariDataSource archiveDb() {
            return new HikariDataSource();
        }

        @Bean
        @Primary
        DataSource routing(HikariDataSource ordersDb, HikariDataSource archiveDb) {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return ROUTE.get();
                }
            };
            routing.setDefaultTargetDataSource(ordersDb);
            routing.setTargetDataSources(Map.of("orders", ordersDb, "archive", archiveDb));
            return routing;
        }
    }

    private Launch launch() {
        Launch launch = Launch.bare(server, WithTwo.class);
        return launch.withDataSource("app.orders", launch.url())
                .with("app.orders.jdbc-url", launch.url())
                .with("app.orders.maximum-pool-size", "1")
                .with("app.orders.connection-init-sql", "set work_mem = '1MB'")
                .withDataSource("app.archive", launch.url())
                .with("app.archive.jdbc-url", launch.url())
                .with("app.archive.maximum-pool-size", "3")
                .with("app.archive.connection-init-sql", "set work_mem = '3MB'")
                .with("penstock.pools.archive-db.connect.deadline", "7s");
    }

    @Test
    void eachHasOnePoolAndTheRoutingDataSourceHasNone() {
        try (Launched application = launch().start()) {
            DataSource routing = application.bean(DataSource.class);
            assertThat(workMemory(routing, "orders")).isEqualTo("1MB");
            assertThat(workMemory(routing, "archive")).isEqualTo("3MB");
            application.hasPools("archiveDb", "ordersDb");
            assertThat(application.context().getBean("archiveDb")).isSameAs(application.pool("archiveDb"));
        }
    }

    private static String workMemory(DataSource routing, String route) {
        ROUTE.set(route);
        try {
            return Launched.ask(routing, "current_setting('work_mem')");
        } finally {
            ROUTE.remove();
        }
    }
}
