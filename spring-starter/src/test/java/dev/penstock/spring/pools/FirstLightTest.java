package dev.penstock.spring.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

@WithPostgres
class FirstLightTest {
    @Test
    void theAutoConfiguredPoolIsOurs(PostgresServer postgres) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PenstockAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "penstock.connect.deadline=7s")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(HikariDataSource.class)).isInstanceOf(PenstockHikariDataSource.class);
                    assertThat(context.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class))
                            .isEqualTo(1);
                    assertThat(context.getBean(PenstockPools.class)
                                    .require("dataSource")
                                    .control()
                                    .config()
                                    .connect()
                                    .deadline())
                            .hasSeconds(7);
                });
    }
}
