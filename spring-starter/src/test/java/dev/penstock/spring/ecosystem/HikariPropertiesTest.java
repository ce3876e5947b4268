package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.util.ClassUtils;

/** What {@code spring.datasource.*} says of the pool holds for ours. */
@WithPostgres
@NoLeftovers
class HikariPropertiesTest {
    private final PostgresServer server;

    HikariPropertiesTest(PostgresServer server) {
        this.server = server;
    }

    /** Something of the application's that wants HikariCP's class and no other. */
    record WantsHikari(HikariDataSource pool) {}

    @Configuration(proxyBeanMethods = false)
    static class WithInjection {
        @Bean
        WantsHikari wantsHikari(HikariDataSource pool) {
            return new WantsHikari(pool);
        }
    }

    @Test
    void hikarisOwnSettings() {
        Launch launch = Launch.on(server, WithInjection.class)
                .with("spring.datasource.hikari.maximum-pool-size", "3")
                .with("spring.datasource.hikari.minimum-idle", "3")
                .with("spring.datasource.hikari.pool-name", "orders")
                .with("spring.datasource.hikari.leak-detection-threshold", "45000")
                .with("spring.datasource.hikari.connection-timeout", "12000")
                .with("spring.datasource.hikari.max-lifetime", "600000")
                .with("spring.datasource.hikari.keepalive-time", "240000")
                .with("spring.datasource.hikari.transaction-isolation", "TRANSACTION_SERIALIZABLE")
                .with("spring.datasource.hikari.connection-init-sql", "set work_mem = '7MB'")
                .with("spring.datasource.hikari.data-source-properties.options", "-c maintenance_work_mem=9MB");
        try (Launched application = launch.start()) {
            application.hasPools("dataSource");

            HikariDataSource pool = application.bean(WantsHikari.class).pool();
            assertThat(pool).isInstanceOf(PenstockHikariDataSource.class);
            assertThat(pool.getPoolName()).isEqualTo("orders");
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(3);
            assertThat(pool.getLeakDetectionThreshold()).isEqualTo(45_000);
            assertThat(pool.getConnectionTimeout()).isEqualTo(12_000);
            assertThat(pool.getMaxLifetime()).isEqualTo(600_000);
            assertThat(pool.getKeepaliveTime()).isEqualTo(240_000);
            assertThat(Launched.ask(pool, "current_setting('transaction_isolation')"))
                    .isEqualTo("serializable");
            assertThat(Launched.ask(pool, "current_setting('work_mem')")).isEqualTo("7MB");
            assertThat(Launched.ask(pool, "current_setting('maintenance_work_mem')"))
                    .isEqualTo("9MB");
        }
    }

    /** Spring Boot 4.0 does not know it: there the pool itself is the bean. */
    @Test
    void connectionsAreFetchedLazily() {
        try (Launched application = Launch.on(server)
                .with("spring.datasource.connection-fetch", "lazy")
                .start()) {
            DataSource bean = application.bean(DataSource.class);
            assertThat(bean)
                    .isInstanceOf(
                            bootFetchesLazily() ? LazyConnectionDataSourceProxy.class : PenstockHikariDataSource.class);
            assertThat(DataSourceUnwrapper.unwrap(bean, HikariDataSource.class))
                    .isSameAs(application.pool("dataSource"));
            assertThat(Launched.ask(bean, "'borrowed'")).isEqualTo("borrowed");
            application.hasPools("dataSource");
        }
    }

    private static boolean bootFetchesLazily() {
        return ClassUtils.isPresent(
                "org.springframework.boot.jdbc.autoconfigure.LazyConnectionDataSourceConfiguration", null);
    }
}
