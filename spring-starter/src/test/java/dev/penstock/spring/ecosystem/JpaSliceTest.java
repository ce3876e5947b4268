package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A test of the JPA slice has our pool where it keeps its DataSource. */
@WithPostgres
@DataJpaTest
@AutoConfigureTestDatabase(replace = Replace.NONE)
@ContextConfiguration(classes = PlainApplication.class)
@DirtiesContext
@Tag("once") // the same on every JDK
class JpaSliceTest {
    private static PostgresServer server;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private Customers customers;

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
        customers.saveAndFlush(new Customer(1, "Ada"));
        assertThat(customers.findById(1L))
                .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("Ada"));
    }
}
