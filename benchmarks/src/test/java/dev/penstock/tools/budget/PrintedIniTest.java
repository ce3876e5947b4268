package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.ToolsRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PgBouncer takes what is printed, and lets clients through to the server. */
@NeedsPgBouncer
@WithPostgres
class PrintedIniTest {
    @TempDir
    private Path folder;

    @Test
    void ofATierOfThePlan(PostgresServer server) throws Exception {
        String tier = "tiers:\n- {name: \"[front] = '; #\", defaultPoolSize: 1, maxDbConnections: 1}\n";

        assertThat(sessions(server, BudgetFiles.FITS + tier)).isEqualTo(1);
    }

    @Test
    void ofWhatIsProposed(PostgresServer server) throws Exception {
        // pools of 1 come to 200 + 50, of which each client here is one
        assertThat(sessions(server, BudgetFiles.plan(200, 2))).isPositive();
    }

    /** How many there are on the server while three clients are idle, each after a transaction of its own. */
    private int sessions(PostgresServer server, String plan) throws Exception {
        ToolsRun run = ToolsRun.of(
                "budget",
                "plan",
                BudgetFiles.write(folder, plan),
                "--pgbouncer-ini",
                "--server",
                server.host() + ":" + server.port());
        assertThat(run.exit()).as(run.toString()).isZero();
        try (PgBouncer bouncer = PgBouncer.inFrontOf(server).startWith(run.out());
                Connection first = bouncer.connect();
                Connection second = bouncer.connect();
                Connection third = bouncer.connect()) {
            assertThat(backend(first)).isPositive();
            assertThat(backend(second)).isPositive();
            assertThat(backend(third)).isPositive();
            return sessions(third);
        }
    }

    private static int backend(Connection connection) throws SQLException {
        return number(connection, "SELECT pg_backend_pid()");
    }

    private static int sessions(Connection connection) throws SQLException {
        return number(
                connection, "SELECT count(DISTINCT pid) FROM pg_stat_activity WHERE backend_type = 'client backend'");
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (ResultSet result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }
}
