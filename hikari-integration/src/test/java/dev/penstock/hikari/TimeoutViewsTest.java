package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeouts;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Views with limits of their own, tighter and wider than the pool's. */
@WithPostgres
@NoLeftovers
class TimeoutViewsTest {
    private final Limits limits;

    TimeoutViewsTest(PostgresServer server) {
        limits = new Limits(server);
    }

    @Test
    void aTighterViewIsHeldToItsLimitAndTheNextBorrowerIsNot() throws Exception {
        try (var pool = limits.pool(false, session -> session.statementTimeout(Duration.ofSeconds(50)))) {
            var tight = pool.withTimeouts(
                    SessionTimeouts.builder().statementTimeout(Limits.LIMIT).build());
            try (Connection connection = tight.getConnection()) {
                assertThat(Limits.failure(() -> Limits.execute(connection, "select pg_sleep(60)"))
                                .getSQLState())
                        .isEqualTo("57014");
            }
            assertThat(limits.only(SessionLimit.STATEMENT, Enforcement.CANCELLED)
                            .ofLease())
                    .isTrue();
            assertThat(Pools.ask(pool, "select pg_sleep(0.8)::text || 'done'")).isEqualTo("done");
            assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("50s");
        }
    }

    @Test
    void aWiderViewIsSetOnTheServerAndSetBack() throws Exception {
        try (var pool = limits.pool(false, session -> session.statementTimeout(Limits.LIMIT))) {
            var wide = pool.withTimeouts(SessionTimeouts.builder()
                    .statementTimeout(Duration.ofSeconds(50))
                    .build());
            try (Connection connection = wide.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(Pools.ask(connection, "show statement_timeout")).isEqualTo("50s");
                Limits.execute(connection, "select pg_sleep(0.8)");
            }
            assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("300ms");
            assertThat(limits.enforced()).isEmpty();
        }
    }

    /** The pool has it back, and the handle was never closed. */
    @Test
    void aWiderViewIsSetBackThoughItsLeaseEndsBehindItsBack() throws Exception {
        try (var pool = limits.pool(false, session -> session.statementTimeout(Limits.LIMIT))) {
            var wide = pool.withTimeouts(SessionTimeouts.unlimited());
            Connection connection = wide.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.getConnection().close();
            }
            for (int i = 0; i < 3; i++) {
                assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("300ms");
            }
        }
    }
}
