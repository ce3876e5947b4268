package dev.penstock.spring.ecosystem;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every application here has: all that Spring Boot configures by itself, and a DataSource of H2 beside. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainApplication {
    static final String H2 = "h2";

    /** Not a candidate: with it Spring Boot still makes the other one. */
    @Bean(name = H2, defaultCandidate = false)
    HikariDataSource h2() {
        HikariDataSource h2 = DataSourceBuilder.create()
                .type(HikariDataSource.class)
                .url("jdbc:h2:mem:beside")
                .build();
        h2.setPoolName(H2);
        h2.setMaximumPoolSize(1);
        return h2;
    }
}
