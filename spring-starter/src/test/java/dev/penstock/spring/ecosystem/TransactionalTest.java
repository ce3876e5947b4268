package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPools;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;

/** The timeout of a transaction holds for its session. */
@WithPostgres
@NoLeftovers
class TransactionalTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresServer server;

    TransactionalTest(PostgresServer server) {
        this.server = server;
    }

    /** The application's. */
    static class Work {
        private final JdbcClient jdbc;
        private final PenstockPools pools;

        Work(JdbcClient jdbc, PenstockPools pools) {
            this.jdbc = jdbc;
            this.pools = pools;
        }

        long ended() {
            return pools.require("dataSource")
                    .control()
                    .enforcedTimeouts(SessionLimit.TRANSACTION, Enforcement.ABORTED);
        }

        @Transactional(timeout = 1)
        void idle() {
            assertThat(jdbc.sql("select 1").query(Integer.class).single()).isEqualTo(1);
            Await.until("the transaction is ended", SOON, () -> ended() == 1);
        }
    }

    @Test
    void aTransactionThatIdlesBeyondItIsEnded() {
        Launch launch = Launch.on(server, Work.class)
                .with("penstock.session.transaction-timeout", "0s")
                .with("penstock.session.grace", "100ms");
        try (Launched application = launch.start()) {
            Work work = application.bean(Work.class);
            assertThatThrownBy(work::idle).isInstanceOf(TransactionException.class);
            assertThat(work.ended()).isEqualTo(1);
            application.hasPools("dataSource");
        }
    }
}
