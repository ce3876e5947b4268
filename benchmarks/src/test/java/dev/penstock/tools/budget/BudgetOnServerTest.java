package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.Programs;
import dev.penstock.tools.PenstockTools;
import dev.penstock.tools.ToolsRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real servers, as a plain role whose password stands in {@code .pgpass}. */
class BudgetOnServerTest {
    private static final String ROLE = "budget_app";
    private static final String PASSWORD = "hunter2";

    /** Where pgjdbc looks before {@code PGPASSFILE}; an environment cannot be set from within. */
    private static final String PASS_FILE = "org.postgresql.pgpassfile";

    @TempDir
    private Path folder;

    private Path passFile;

    @BeforeEach
    void passFile() {
        passFile = folder.resolve("pgpass");
        System.setProperty(PASS_FILE, passFile.toString());
    }

    @AfterEach
    void noPassFile() {
        System.clearProperty(PASS_FILE);
    }

    @Test
    @Tag("once")
    @Tag("postgres-14")
    @WithPostgres(major = 14, settings = "max_connections=100")
    void on14(PostgresServer server) throws Exception {
        theVerdictIsThatOfTheRealServer(server);
        sessionsBeyondThePlanAreToldApart(server);
        everyNumberOfTheCensusIsThatOfAQueryByHand(server);
    }

    @Test
    @Tag("postgres-18")
    @WithPostgres(major = 18, settings = "max_connections=100")
    void on18(PostgresServer server) throws Exception {
        theVerdictIsThatOfTheRealServer(server);
        sessionsBeyondThePlanAreToldApart(server);
        everyNumberOfTheCensusIsThatOfAQueryByHand(server);
    }

    /** Whatever a plan says of its server: 100 connections there are. */
    private void theVerdictIsThatOfTheRealServer(PostgresServer server) throws Exception {
        createRole(server);
        String fits = BudgetFiles.FITS.replace("100", "50");
        String tight = BudgetFiles.TIGHT.replace("100", "500");
        String over = BudgetFiles.OVER.replace("100", "500");

        assertThat(check(server, fits)).satisfies(run -> {
            assertThat(run.exit()).isZero();
            assertThat(run.out()).startsWith("plan.yaml: FITS").contains("max_connections");
            assertThat(run.err()).isEmpty();
        });
        assertThat(check(server, tight).exit()).isEqualTo(1);
        assertThat(check(server, over).exit()).isEqualTo(2);
        assertThat(ToolsRun.of("budget", "check", BudgetFiles.write(folder, over))
                        .exit())
                .isZero();
    }

    private void sessionsBeyondThePlanAreToldApart(PostgresServer server) throws Exception {
        // one replica of one connection, two in a rollout; three there are
        String plan = BudgetFiles.plan(1, 1);
        try (Connection first = connect(server, "checkout/a/main");
                Connection second = connect(server, "checkout/b/main");
                Connection third = connect(server, "checkout/c/main")) {
            assertThat(List.of(first, second, third)).allMatch(BudgetOnServerTest::isValid);

            JsonObject live = json(check(server, plan, "--format", "json")).getAsJsonObject("live");

            JsonObject use = live.getAsJsonArray("uses").get(0).getAsJsonObject();
            assertThat(use.get("now").getAsInt()).isEqualTo(3);
            assertThat(use.get("worst").getAsInt()).isEqualTo(2);
            assertThat(use.get("beyond").getAsInt()).isEqualTo(1);
        }
    }

    private void everyNumberOfTheCensusIsThatOfAQueryByHand(PostgresServer server) throws Exception {
        try (Connection foreign = server.connect();
                Connection own = connect(server, "by hand")) {
            assertThat(isValid(foreign)).isTrue();
            ToolsRun run =
                    ToolsRun.of("budget", "census", "--url", server.jdbcUrl(), "--user", ROLE, "--format", "json");

            assertThat(run.exit()).as(run.toString()).isZero();
            JsonObject census = json(run);
            assertThat(census.getAsJsonObject("server").get("maxConnections").getAsInt())
                    .isEqualTo(100);
            // the command itself is not there any more
            assertThat(sessions(census, "by hand"))
                    .isEqualTo(byHand(own, "application_name = 'by hand'"))
                    .isEqualTo(1);
            assertThat(sessions(census, "penstock-lab"))
                    .isEqualTo(byHand(own, "application_name = 'penstock-lab'"))
                    .isEqualTo(1);
            assertThat(sessions(census, "penstock-tools budget")).isEqualTo(1);
            // of a superuser's session a plain role sees no state
            assertThat(census.get("unknown").getAsInt()).isEqualTo(byHand(own, "usename <> '" + ROLE + "'"));
        }
    }

    private static int byHand(Connection connection, String condition) throws SQLException {
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE usename IS NOT NULL AND datid IS NOT NULL AND "
                + condition;
        try (ResultSet result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static int sessions(JsonObject census, String application) {
        int sessions = 0;
        for (JsonElement group : census.getAsJsonArray("groups")) {
            JsonObject fields = group.getAsJsonObject();
            if (fields.get("application").getAsString().equals(application)) {
                sessions += fields.get("sessions").getAsInt();
            }
        }
        return sessions;
    }

    @Test
    @WithPostgres
    void aWrongPasswordIsNoVerdictAndNotShown(PostgresServer server) throws Exception {
        createRole(server);
        Files.writeString(passFile, "*:*:*:*:wrong-one\n");

        ToolsRun run = check(server, BudgetFiles.FITS);

        assertThat(run.exit()).isEqualTo(69);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("SQLState 28P01").doesNotContain("wrong-one");
    }

    @Test
    void aSilentServerIsNoVerdictAfterTheDeadline() throws Exception {
        try (SilentServer silent = SilentServer.start()) {
            ToolsRun run = ToolsRun.of(
                    "budget",
                    "check",
                    BudgetFiles.write(folder, BudgetFiles.FITS),
                    "--url",
                    "jdbc:postgresql://127.0.0.1:" + silent.port() + "/postgres",
                    "--deadline",
                    "200ms");

            assertThat(run.exit()).isEqualTo(69);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("connect.deadline 200 ms");
        }
    }

    /** As a user runs it: only in a process of its own there is another environment. */
    @Test
    @Tag("once")
    @WithPostgres
    void thePasswordComesFromTheEnvironment(PostgresServer server) throws Exception {
        createRole(server);
        String file = Files.writeString(folder.resolve("other"), "*:*:*:" + ROLE + ":" + PASSWORD + "\n")
                .toString();

        assertThat(inProcess(server, "PGPASSWORD", PASSWORD)).isZero();
        assertThat(inProcess(server, "PGPASSFILE", file)).isZero();
        assertThat(inProcess(server, "PGPASSWORD", "wrong-one")).isEqualTo(69);
    }

    private int inProcess(PostgresServer server, String variable, String value) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Programs.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PenstockTools.class.getName(),
                        "budget",
                        "census",
                        "--url",
                        server.jdbcUrl())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGUSER", ROLE);
        builder.environment().put(variable, value);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains(ROLE).doesNotContain(PASSWORD, "wrong-one");
        return process.waitFor();
    }

    private ToolsRun check(PostgresServer server, String plan, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("budget", "check", BudgetFiles.write(folder, plan), "--url", server.jdbcUrl(), "--user", ROLE));
        arguments.addAll(List.of(options));
        return ToolsRun.of(arguments.toArray(String[]::new));
    }

    private static JsonObject json(ToolsRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private void createRole(PostgresServer server) throws Exception {
        server.execute("DROP ROLE IF EXISTS " + ROLE, "CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
        Files.writeString(passFile, "127.0.0.1:" + server.port() + ":*:" + ROLE + ":" + PASSWORD + "\n");
    }

    private static Connection connect(PostgresServer server, String application) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl() + "?ApplicationName=" + application, ROLE, PASSWORD);
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }
}
