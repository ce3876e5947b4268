package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A test of the JDBC slice has our pool where it keeps its DataSource. */
@WithPostgres
@JdbcTest
@AutoConfigureTestDatabase(replace = Replace.NONE)
@ContextConfiguration(classes = PlainApplication.class)
@DirtiesContext
class JdbcSliceTest {
    private static PostgresServer server;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private JdbcClient jdbc;

    @BeforeAll
    static void know(PostgresServer postgres) {
        server = postgres;
    }

    @DynamicPropertySource
    static void connection(DynamicPropertyRegistry properties) {
        Slices.connect(properties, () -> server);
    }

    @Test
    void itsPoolIsOurs() {
        assertThat(dataSource).isInstanceOf(PenstockHikariDataSource.class);
        assertThat(jdbc.sql("select current_database()").query(String.class).single())
                .isEqualTo("postgres");
    }
}
