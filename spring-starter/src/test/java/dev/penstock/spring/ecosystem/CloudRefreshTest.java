package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring Cloud refreshes the context while the pool is in use. */
@WithPostgres
@NoLeftovers
class CloudRefreshTest {
    private final PostgresServer server;

    @TempDir
    private Path folder;

    CloudRefreshTest(PostgresServer server) {
        this.server = server;
    }

    private void write(String... lines) throws IOException {
        Files.writeString(folder.resolve("application.properties"), String.join("\n", lines));
    }

    private Launch launch(Class<?>... sources) {
        return Launch.on(server, sources).with("spring.config.additional-location", "file:" + folder + "/");
    }

    @Test
    void thePoolAndItsConnectionsStay() throws IOException {
        write("spring.datasource.hikari.idle-timeout=60000");
        Launch launch = launch().with("spring.datasource.hikari.pool-name", "orders"); // which cannot be bound twice
        try (Launched application = launch.start()) {
            application.hasPools("dataSource");
            HikariDataSource pool = application.pool("dataSource");
            String sessions = sessions(application);

            write("spring.datasource.hikari.idle-timeout=70000");
            assertThat(application.bean(ContextRefresher.class).refresh())
                    .containsExactly("spring.datasource.hikari.idle-timeout");

            assertThat(application.pool("dataSource")).isSameAs(pool);
            assertThat(application.bean(DataSource.class)).isSameAs(pool);
            assertThat(pool.getIdleTimeout()).isEqualTo(60_000);
            assertThat(sessions(application)).isEqualTo(sessions);
            application.hasPools("dataSource");
        }
    }

    private static String sessions(Launched application) {
        return Launched.ask(
                application.bean(DataSource.class),
                "string_agg(pid::text, ' ' order by pid) from pg_stat_activity where application_name = '"
                        + application.name() + "'");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties
    static class WithScoped {
        @Bean
        @RefreshScope
        @ConfigurationProperties("app.orders")
        HikariDataSource orders() {
            return new HikariDataSource();
        }
    }

    /** Such a one is made anew, as whoever put it into that scope wants it. */
    @Test
    void aPoolInTheRefreshScopeIsReplaced() throws IOException {
        write("app.orders.maximum-pool-size=2");
        Launch launch = launch(WithScoped.class);
        launch.withDataSource("app.orders", launch.url()).with("app.orders.jdbc-url", launch.url());
        try (Launched application = launch.start()) {
            DataSource bean = application.bean(DataSource.class);
            assertThat(Launched.ask(bean, "1")).isEqualTo("1");
            application.hasPools("orders");
            HikariDataSource before = application.pool("orders");

            write("app.orders.maximum-pool-size=3");
            application.bean(ContextRefresher.class).refresh();

            assertThat(before.isClosed()).isTrue();
            assertThat(Launched.ask(bean, "1")).isEqualTo("1");
            assertThat(application.pool("orders").getMaximumPoolSize()).isEqualTo(3);
            application.hasPools("orders");
        }
    }
}
