package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** JPA, jOOQ and JdbcClient, each by itself and all in one transaction. */
@WithPostgres
@NoLeftovers
class DataAccessTest {
    private final PostgresServer server;

    DataAccessTest(PostgresServer server) {
        this.server = server;
    }

    /** The application's. */
    static class Work {
        private final Customers customers;
        private final DSLContext jooq;
        private final JdbcClient jdbc;

        Work(Customers customers, DSLContext jooq, JdbcClient jdbc) {
            this.customers = customers;
            this.jooq = jooq;
            this.jdbc = jdbc;
        }

        /** What JPA writes, the others see: they are in the same transaction, on the same connection. */
        @Transactional
        void add(long id, String name) {
            customers.saveAndFlush(new Customer(id, name));
            assertThat(jooqSees(id)).isEqualTo(name);
            assertThat(jdbcSees(id)).isEqualTo(name);
        }

        @Transactional
        void addAndFail(long id) {
            add(id, "gone");
            throw new IllegalStateException("on purpose");
        }

        String jooqSees(long id) {
            return jooq.select(DSL.field("name", String.class))
                    .from("customer")
                    .where("id = ?", id)
                    .fetchOne(0, String.class);
        }

        String jdbcSees(long id) {
            return jdbc.sql("select name from customer where id = ?")
                    .param(id)
                    .query(String.class)
                    .optional()
                    .orElse(null);
        }
    }

    @Test
    void theyShareThePoolAndATransaction() {
        Launch launch = Launch.on(server, Work.class).withJpa().with("spring.jpa.hibernate.ddl-auto", "create-drop");
        try (Launched application = launch.start()) {
            Work work = application.bean(Work.class);
            work.add(1, "Ada");
            assertThatThrownBy(() -> work.addAndFail(2)).hasMessage("on purpose");

            assertThat(application.bean(Customers.class).findAll())
                    .extracting(Customer::name)
                    .containsExactly("Ada");
            assertThat(work.jooqSees(1)).isEqualTo("Ada");
            assertThat(work.jdbcSees(1)).isEqualTo("Ada");
            assertThat(work.jdbcSees(2)).isNull();
            application.hasPools("dataSource");
        }
    }
}
