package dev.penstock.example.orders.demo;

import dev.penstock.lab.postgres.PostgresServer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** A PostgreSQL of the application's own, unless {@code spring.datasource.url} names another; it ends with it. */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedDatabase.NoUrl.class)
class EmbeddedDatabase {
    @Bean
    PostgresServer postgres() {
        return PostgresServer.start();
    }

    /** What Spring Boot connects to, as it would be told by Testcontainers or Docker Compose. */
    @Bean
    JdbcConnectionDetails postgresConnectionDetails(PostgresServer postgres) {
        return new Details(postgres);
    }

    private record Details(PostgresServer postgres) implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return postgres.jdbcUrl();
        }

        @Override
        public String getUsername() {
            return postgres.user();
        }

        @Override
        public String getPassword() {
            return postgres.password();
        }
    }

    /** There is no database of somebody's own. */
    static class NoUrl extends NoneNestedConditions {
        NoUrl() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static class Url {}
    }
}
