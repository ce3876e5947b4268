package dev.penstock.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.ToolsRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server, as roles whose passwords stand in {@code .pgpass}; afterwards nothing is left on it. */
@WithPostgres(settings = "max_connections=40")
class TuneOnServerTest {
    /** Where pgjdbc looks before {@code PGPASSFILE}; an environment cannot be set from within. */
    private static final String PASS_FILE = "org.postgresql.pgpassfile";

    private static final String PLAIN = "tune_plain";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final PostgresServer server;

    TuneOnServerTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void passFile() throws Exception {
        Path file = folder.resolve("pgpass");
        Files.writeString(file, "*:*:*:" + PLAIN + ":hunter2\n*:*:*:postgres:" + server.password() + "\n");
        System.setProperty(PASS_FILE, file.toString());
        server.execute("drop role if exists " + PLAIN, "create role " + PLAIN + " login password 'hunter2'");
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        System.clearProperty(PASS_FILE);
        Await.until("no session of ours", PATIENCE, () -> {
            try {
                return server.backendCount(Target.APPLICATION_NAME) == 0;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(schemas(server)).isZero();
    }

    static int schemas(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select count(*) from pg_namespace where nspname like 'penstock\\_tune\\_%'")) {
            result.next();
            return result.getInt(1);
        }
    }

    private ToolsRun tuneAt(String url, String user, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("tune", "--url", url, "--user", user, "--measure=100ms", "--warm-up=50ms", "--max-time=5m"));
        arguments.addAll(List.of(options));
        return ToolsRun.of(arguments.toArray(String[]::new));
    }

    private ToolsRun tune(String user, String... options) {
        return tuneAt(server.jdbcUrl(), user, options);
    }

    @Test
    void aRoleThatMayNotReadStatisticsDoes() throws Exception {
        Path json = folder.resolve("tune.json");
        Path html = folder.resolve("tune.html");
        try (Connection others = server.connect()) {
            ToolsRun run = tune(PLAIN, "--sizes=1-4", "--callers=4", "--json=" + json, "--html=" + html);

            assertThat(others.isValid(5)).isTrue();
            assertThat(run.exit()).as("%s", run).isZero();
            assertThat(run.err())
                    .contains("role " + PLAIN + " may not see", "grant pg_read_all_stats to " + PLAIN)
                    .contains("1 connection: ", " units/s, p99 ")
                    .doesNotContain("\r");
            assertThat(run.out()).contains("written: " + json, "written: " + html);
            assertThat(json).isNotEmptyFile();
            assertThat(html).isNotEmptyFile();
        }
    }

    @Test
    void noMoreConnectionsAreTriedThanThereAre() throws Exception {
        ToolsRun run = tune(PLAIN, "--sizes=14-1000", "--callers=4", "--reserve=20");

        assertThat(run.exit()).as("%s", run).isZero();
        // 40, less 3 for superusers, the reserve of 20, the control session, and whoever else is there
        assertThat(run.err()).containsPattern("no more than 1[4-6] connections are tried: .* \\(max_connections 40, ");
    }

    @Test
    void withoutRoomNothingIsMeasured() {
        ToolsRun run = tune(PLAIN, "--sizes=2-4", "--reserve=38");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("there is no room for a pool of 2: ", "lower --sizes or --reserve");
    }

    @Test
    void aWrongPasswordIsBadInput() throws Exception {
        Files.writeString(folder.resolve("pgpass"), "*:*:*:" + PLAIN + ":wrong-one\n");

        ToolsRun run = tune(PLAIN);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--url cannot be used", "SQLState 28P01").doesNotContain("wrong-one");
    }

    @Test
    void aStatementWithAnErrorIsToldWithItsLine() throws Exception {
        Path file = Files.writeString(
                folder.resolve("shop.sql"), "-- name: good\nselect 1;\n-- name: find-order\nselect * from orders;\n");

        ToolsRun run = tune(PLAIN, "--sql", file.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("shop.sql:4: (find-order) the server refuses", "\"orders\" does not exist", "SQLState 42P01");
    }

    @Test
    void theTrialEndsInTimeToo() throws Exception {
        Path file = Files.writeString(folder.resolve("slow.sql"), "select pg_sleep(0.3);\n".repeat(100));

        ToolsRun run = ToolsRun.of(
                "tune",
                "--url=" + server.jdbcUrl(),
                "--user=" + PLAIN,
                "--sql=" + file,
                "--measure=100ms",
                "--warm-up=0ms",
                "--max-time=500ms");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("the time was up (--max-time 500 ms) before anything was measured");
    }

    @Test
    void writesAreRefusedUnlessTheyAreAllowed() throws Exception {
        server.execute("drop table if exists tune_rows", "create table tune_rows (i int)");
        Path file = Files.writeString(folder.resolve("write.sql"), "insert into tune_rows values (:int(1, 9));");

        ToolsRun refused = tune("postgres", "--sql", file.toString(), "--sizes=2-2");
        long before = rows();
        ToolsRun allowed = tune("postgres", "--sql", file.toString(), "--sizes=2-2", "--allow-writes");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("write.sql:1:", "SQLState 25006", "--allow-writes");
        assertThat(before).isZero();
        assertThat(allowed.exit()).as("%s", allowed).isZero();
        assertThat(rows()).isPositive();
        server.execute("drop table tune_rows");
    }

    private long rows() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from tune_rows")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void tablesOfOurOwnAreTakenAway() {
        ToolsRun run =
                tune("postgres", "--mix=mixed", "--allow-writes", "--sizes=2-2", "--rate=200", "--target-p99=1m");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.err()).containsPattern("schema penstock_tune_[0-9a-f]{16} was dropped");
    }

    @Test
    void whoMayNotMakeASchemaIsTold() {
        ToolsRun run = tune(PLAIN, "--mix=write", "--allow-writes", "--sizes=2-2");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("the server could not be prepared", "permission denied", "SQLState 42501");
    }

    /** Frozen for good in the middle of a measurement. */
    @Test
    @Tag("once")
    void aServerThatFallsSilentEndsIt() throws Exception {
        Path file = Files.writeString(folder.resolve("slow.sql"), "select pg_sleep(0.05);");
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            Thread silence = new Thread(() -> {
                // the control session, and a pool of two
                Await.until("a measurement", PATIENCE, () -> proxy.openConnections() == 3);
                proxy.behave(Behaviour.silent());
                proxy.stallOpen();
            });
            silence.start();
            ToolsRun run = ToolsRun.of(
                    "tune",
                    "--url=" + server.jdbcUrl(proxy.address().getHostAddress(), proxy.port()),
                    "--user=" + PLAIN,
                    "--sql=" + file,
                    "--sizes=2-2",
                    "--measure=1m",
                    "--max-time=10m",
                    "--statement-timeout=200ms",
                    "--deadline=1s");
            silence.join();

            assertThat(run.exit()).as("%s", run).isEqualTo(1);
            assertThat(run.err()).contains("stopped ", "whether sessions of ours are left is not known");
        }
    }
}
