package dev.penstock.example.orders;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.CredentialsSupplier;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPools;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The code of docs/spring.md. */
@TestConfiguration(proxyBeanMethods = false)
class Snippets {
    // snippet: customizer
    @Bean
    PenstockConfigCustomizer tokens(CredentialsSupplier supplier) {
        return (bean, config) -> {
            if (bean.equals("dataSource")) {
                config.connect(c -> c.credentials(supplier)); // a new password or token for each connection
            }
        };
    }
    // end

    // snippet: pools
    @Bean
    ApplicationRunner connectTest(PenstockPools pools) {
        return arguments -> {
            Optional<PenstockPool> pool = pools.find("dataSource"); // empty while Penstock is off
            if (pool.isPresent()) {
                System.out.println(
                        pool.get().control().testConnect(Duration.ofSeconds(5)).describe());
            }
        };
    }
    // end

    // snippet: views
    @Bean(defaultCandidate = false)
    DataSource batch(HikariDataSource pool) throws SQLException {
        return pool.isWrapperFor(PenstockHikariDataSource.class)
                ? pool.unwrap(PenstockHikariDataSource.class).expectingHold(Duration.ofMinutes(20))
                : new DelegatingDataSource(pool); // Penstock is off
    }
    // end
}
