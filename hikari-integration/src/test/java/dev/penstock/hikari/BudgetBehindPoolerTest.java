package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.BudgetCheck;
import dev.penstock.BudgetReport;
import dev.penstock.PenstockConfig;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Verdict;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What is seen through PgBouncer is not the pool's own: nothing of it keeps a pool from starting. */
@NeedsPgBouncer
@WithPostgres(settings = {"max_connections=100", "superuser_reserved_connections=3"})
@NoLeftovers
class BudgetBehindPoolerTest {
    private final PostgresServer server;

    BudgetBehindPoolerTest(PostgresServer server) {
        this.server = server;
    }

    /** 60 x 2 = 120 of 97. */
    @Test
    void aPlanThatIsOverStartsAndTheNameReachesTheServer() throws SQLException {
        PenstockConfig penstock = PenstockConfig.builder()
                .budget(b -> b.plan(Plan.of(ServerLimits.of(1000)).and(Service.of("checkout", 60, 2)))
                        .check(BudgetCheck.FAIL)
                        .instance("pod-1"))
                .build();
        try (PgBouncer bouncer = PgBouncer.inFrontOf(server).start();
                var pool = new PenstockHikariDataSource(config(bouncer), penstock)) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("checkout/pod-1/main");
            BudgetReport report = pool.control().budget().orElseThrow();
            assertThat(report.verdict()).isEqualTo(Verdict.OVER);
            assertThat(report.isOver()).isFalse();
            assertThat(report.describe())
                    .contains("not to be relied upon, because of the connection pooler")
                    .containsOnlyOnce("a connection pooler stands in between: ")
                    .doesNotContain(server.password());
        }
    }

    private HikariConfig config(PgBouncer bouncer) {
        HikariConfig config = Pools.config(server);
        config.setJdbcUrl(bouncer.jdbcUrl());
        config.setPoolName("main");
        return config;
    }
}
