package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPools;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Wherever an application has its URL, user and password from. */
@WithPostgres
@NoLeftovers
class ConnectionDetailsTest {
    private final PostgresServer server;

    ConnectionDetailsTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void properties() {
        try (Launched application = Launch.on(server).start()) {
            application.hasPools("dataSource");
            assertThat(application.bean(HikariDataSource.class)).isSameAs(application.pool("dataSource"));
        }
    }

    /** Here, and below, the properties are where nobody is at home: what counts is what the details say. */
    private Launch misled(Class<?> source) {
        Launch launch = Launch.on(server, source);
        return launch.with("test.url", launch.url())
                .with("test.password", server.password())
                .with("spring.datasource.url", "jdbc:postgresql://nobody.invalid/postgres");
    }

    @Configuration(proxyBeanMethods = false)
    static class WithDetails {
        @Bean
        JdbcConnectionDetails details(Environment environment) {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return "postgres";
                }

                @Override
                public String getPassword() {
                    return environment.getRequiredProperty("test.password");
                }

                @Override
                public String getJdbcUrl() {
                    return environment.getRequiredProperty("test.url");
                }
            };
        }
    }

    @Test
    void connectionDetailsOfTheApplication() {
        try (Launched application = misled(WithDetails.class).start()) {
            application.hasPools("dataSource");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithContainer {
        @Bean
        @ServiceConnection
        PostgreSQLContainer postgres(Environment environment) {
            return new RunningContainer(
                    environment.getRequiredProperty("test.url"), environment.getRequiredProperty("test.password"));
        }
    }

    @Test
    void serviceConnectionToAContainer() {
        try (Launched application = misled(WithContainer.class).start()) {
            application.hasPools("dataSource");
        }
    }

    @Test
    void dockerCompose() {
        Launch launch = Launch.on(server).with("spring.datasource.url", "jdbc:postgresql://nobody.invalid/postgres");
        launch.application().addInitializers(new RunningCompose(server, launch.name()));
        try (Launched application = launch.start()) {
            application.hasPools("dataSource");
        }
    }

    /** Its driver starts a container at the first connection: there is none, and nobody asks for one. */
    @Test
    void testcontainersByUrlIsLeftAlone() {
        Launch launch = Launch.on(server)
                .with("spring.datasource.url", "jdbc:tc:postgresql:17:///test")
                .with("spring.jooq.sql-dialect", "postgres"); // else jOOQ asks a connection
        try (Launched application = launch.start()) {
            HikariDataSource pool = application.bean(HikariDataSource.class);
            assertThat(pool).isExactlyInstanceOf(HikariDataSource.class);
            assertThat(pool.getDriverClassName()).isEqualTo("org.testcontainers.jdbc.ContainerDatabaseDriver");
            assertThat(application.bean(PenstockPools.class).leftAlone().get("dataSource"))
                    .contains("jdbc:tc:");
            application.hasPools();
        }
    }
}
