package dev.penstock.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPools;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A pool that Spring Cloud makes anew while the application runs. */
@WithPostgres
class RefreshedPoolTest {
    /** What pools are made by. */
    record Source(Supplier<HikariDataSource> pool) {}

    @Configuration(proxyBeanMethods = false)
    static class Refreshed {
        @Bean
        @RefreshScope
        HikariDataSource fresh(Source source) {
            return source.pool().get();
        }
    }

    private static double connects(ApplicationContext context) throws SQLException {
        context.getBean("fresh", DataSource.class).getConnection().close();
        return context.getBean(MeterRegistry.class)
                .get("penstock.connects")
                .tag("pool", "fresh")
                .tag("outcome", "connected")
                .counter()
                .count();
    }

    private static List<String> poolsWithMeters(ApplicationContext context) {
        return context.getBean(MeterRegistry.class).find("penstock.leases.open").gauges().stream()
                .map(gauge -> gauge.getId().getTag("pool"))
                .toList();
    }

    @Test
    void itsMetersBeginAnew(PostgresServer postgres) {
        Contexts.on(postgres)
                .withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class))
                .withUserConfiguration(Refreshed.class)
                .withBean(Source.class, () -> new Source(() -> Contexts.pool("fresh", postgres)))
                .run(context -> {
                    assertThat(connects(context)).isEqualTo(1);
                    DataSource before = context.getBean(PenstockPools.class)
                            .require("fresh")
                            .dataSource();

                    context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class)
                            .refreshAll();

                    assertThat(connects(context)).isEqualTo(1);
                    assertThat(poolsWithMeters(context)).containsExactly("fresh");
                    assertThat(context.getBean(PenstockPools.class)
                                    .require("fresh")
                                    .dataSource())
                            .isNotSameAs(before);
                    assertThat(((HikariDataSource) before).isClosed()).isTrue();
                });
    }
}
