package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.penstock.tools.ToolsRun;
import dev.penstock.tools.budget.yaml.PlanFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetCommandTest {
    @TempDir
    private Path folder;

    private ToolsRun run(String command, String plan, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("budget", command, BudgetFiles.write(folder, plan)));
        arguments.addAll(List.of(options));
        return ToolsRun.of(arguments.toArray(String[]::new));
    }

    private static JsonObject json(ToolsRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({"10, 0, FITS", "15, 0, FITS", "16, 1, TIGHT", "19, 1, TIGHT", "20, 2, OVER"})
    void theExitCodeOfCheckIsTheVerdict(int poolSize, int exit, String verdict) throws Exception {
        ToolsRun run = run("check", BudgetFiles.plan(4, poolSize));

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out().lines().findFirst()).contains("plan.yaml: " + verdict);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void checkShowsEveryTermOfTheSum() throws Exception {
        assertThat(run("check", BudgetFiles.TIGHT).out())
                .contains("server  worst moment of a rollout         80      97           77    17  TIGHT")
                .containsPattern("superuser_reserved_connections +-3\n")
                .contains("checkout  4 replicas x 16           64  (4 + 1) replicas x 16                      80");
    }

    @Test
    void theSameAsJson() throws Exception {
        ToolsRun run = run("check", BudgetFiles.TIGHT, "--format", "json");
        JsonObject server = json(run).getAsJsonObject("server");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(json(run).get("verdict").getAsString()).isEqualTo("TIGHT");
        assertThat(server.getAsJsonObject("steady").get("demand").getAsInt()).isEqualTo(64);
        assertThat(server.getAsJsonObject("rollout").get("demand").getAsInt()).isEqualTo(80);
        assertThat(server.getAsJsonObject("rollout").get("usable").getAsInt()).isEqualTo(97);
        // max_connections, superuser_reserved_connections, usable
        assertThat(server.getAsJsonArray("supply")).hasSize(3);
    }

    @Test
    void planRecommendsAndItsExitCodeIsNoVerdict() throws Exception {
        ToolsRun run = run("plan", BudgetFiles.OVER);

        // 77 / 5 = 15
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(
                        "plan.yaml: OVER",
                        "Largest pools that fit, shared equally: FITS",
                        "service   declared  largest",
                        "checkout        20       15");
    }

    @ParameterizedTest
    @CsvSource({"equal, 9, 9", "weighted, 4, 14", "prioritised, 10, 8"})
    void asIsAsked(String sharing, int first, int second) throws Exception {
        // 100 - 3 = 97, of which 80 %: 77; both in place: 4 x a + 4 x b <= 77, so a + b <= 19;
        // 4.67 : 14 by their weights, and 15 is too much next to 5
        String plan = """
                server: {maxConnections: 100}
                services:
                - {name: a, replicas: 4, rollout: in-place, poolSize: 10}
                - {name: b, replicas: 4, rollout: in-place, poolSize: 8, share: {weight: 3, priority: 2}}
                """;

        ToolsRun run = run("plan", plan, "--sharing", sharing, "--format", "json");

        JsonObject recommendation = json(run).getAsJsonObject("recommendation");
        assertThat(recommendation.get("sharing").getAsString()).isEqualTo(sharing);
        assertThat(recommendation.getAsJsonArray("sizes").asList().stream()
                        .map(size -> size.getAsJsonObject().get("recommended").getAsInt()))
                .containsExactly(first, second);
    }

    @Test
    void markdownHasHeadingsAndTables() throws Exception {
        assertThat(run("plan", BudgetFiles.FITS, "--format", "markdown").out().lines())
                .startsWith(
                        "## plan.yaml: FITS",
                        "",
                        "| place | when | asked for | usable | tight above | free | verdict |",
                        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
                        "| server | steady state | 40 | 97 | 77 | 57 | FITS |");
    }

    @Test
    void anIniOfTheOnlyTierIsAllThatIsPrinted() throws Exception {
        String plan = BudgetFiles.FITS + "tiers:\n- {name: front, defaultPoolSize: 25, reservePoolSize: 5}\n";

        ToolsRun run = run("plan", plan, "--pgbouncer-ini", "--server", "db.internal:5433");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .startsWith("; PgBouncer, tier front, each of 1 instance(s).")
                .contains("* = host=db.internal port=5433", "default_pool_size = 25", "reserve_pool_size = 5");
    }

    @Test
    void anIniOfWhatIsProposedSaysWhyAndWhichServerItTakes() throws Exception {
        // even pools of 1 come to 200 + 50
        ToolsRun run = run("plan", BudgetFiles.plan(200, 2), "--pgbouncer-ini");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("; pool_mode = transaction: a server connection", "* = host=localhost port=5432");
        assertThat(run.err()).isEqualTo("the file connects to localhost:5432; --server says otherwise\n");
    }

    @Test
    void ofSeveralTiersOneMustBeNamed() throws Exception {
        String plan = BudgetFiles.FITS + "tiers:\n- {name: front}\n- {name: back, maxClientConn: 77}\n";

        assertThat(run("plan", plan, "--pgbouncer-ini")).satisfies(run -> {
            assertThat(run.exit()).isEqualTo(64);
            assertThat(run.err()).startsWith("--pgbouncer-ini must name one of front, back, but was ''");
            assertThat(run.out()).isEmpty();
        });
        assertThat(run("plan", plan, "--pgbouncer-ini=back").out()).contains("max_client_conn = 77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "check"})
    void aBadFileIsToldAndNothingIsPrinted(String command) throws Exception {
        ToolsRun run = run(command, BudgetFiles.FITS.replace(": 100", ": 0"));

        assertThat(run.exit()).isEqualTo(65);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(folder.resolve("plan.yaml")
                        + ":1:26: server.maxConnections must be between 1 and 1000000, but was 0\n");
    }

    @Test
    void aFileThatCannotBeReadIsNoVerdict() {
        assertThat(ToolsRun.of("budget", "check", folder.resolve("none.yaml").toString()))
                .satisfies(run -> {
                    assertThat(run.exit()).isEqualTo(66);
                    assertThat(run.err()).contains("none.yaml: there is no such file");
                });
        assertThat(ToolsRun.of("budget", "check", folder.toString()).exit()).isEqualTo(66);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            budget                                          | plan, check, census or size must be given, but was none
            budget plan                                     | Missing required parameter: 'FILE'
            budget plan FILE --format xml                      | Invalid value for option '--format': expected one of [TABLE, JSON, MARKDOWN]
            budget plan FILE --sharing fair                    | Invalid value for option '--sharing'
            budget plan FILE --alerts --format json            | Error: --format=FORMAT, --alerts are mutually exclusive
            budget plan FILE --server db                       | --server must go with --pgbouncer-ini, but was 'db' without
            budget plan FILE --service-label app               | --service-label must go with --alerts, but was 'app' without
            budget plan FILE --alerts --service-label 1a       | --service-label must have letters, digits and underscores
            budget check FILE y                                | arguments too many: 1
            budget check FILE --password hunter2               | unknown: --password
            budget check FILE --pass=hunter2                   | unknown: --pass
            budget check FILE -Whunter2                        | unknown: -W
            budget check FILE -W=hunter2                       | unknown: -W
            budget check FILE --user app                       | --user must go with --url, but was 'app' without it
            budget census                                   | --url must be given, but was missing
            budget census --url jdbc:x                      | --url: url must start with jdbc:postgresql:
            budget census --url PG:h/d --deadline 1ms | --deadline must be between 100ms and 60000ms, but was 1ms
            budget census --url PG:h/d?user=a --user b | --user must not be given twice, but was 'b' beside user= in the URL
            budget census --url PG:h/d?password=hunter2 | --url must not have a password
            budget census --url PG:h/d?sslpassword=hunter2 | --url must not have a password
            budget census --url PG:u:hunter2@h/d | --url must not have a password
            budget census --url PG:u%3Ahunter2@h/d | --url must not have a password
            budget census --url PG:h/d?pass%77ord=hunter2 | --url must not have a password
            budget size --rate 1 --hold 1s                  | Error: Missing required argument (specify one of these)
            budget size --rate 1 --hold 1 --connections 1   | Invalid value for option '--hold'
            budget size --rate NaN --hold 1s --connections 1 | Invalid value for option '--rate': must be a number such as 200 or 0.5, but was 'NaN'
            budget size --rate 5d --hold 1s --connections 1 | Invalid value for option '--rate': must be a number such as 200 or 0.5, but was '5d'
            budget size --rate 1000001 --hold 1s --connections 1 | --rate must be between 0.0 and 1000000.0, but was 1000001.0
            budget size --rate 1 --hold 1s --connections 1 --arrival-variation 0x1p3 | Invalid value for option '--arrival-variation': must be a number
            budget size --rate 1 --hold 0ms --connections 1 | --hold must be more than zero
            budget size --rate 1 --hold 1s --connections 0  | --connections must be between 1 and 1000000, but was 0
            budget size --rate 1000000 --hold 2s --p99-wait 1s | --rate times --hold must be a load that 1000000 connections can carry, but was 2000000.0
            """)
    void badArgumentsAreRefusedWithACodeOfTheirOwn(String arguments, String message) throws Exception {
        String file = BudgetFiles.write(folder, BudgetFiles.FITS);
        ToolsRun run = ToolsRun.of(arguments
                .replace(" FILE", " " + file)
                .replace("PG:", "jdbc:postgresql://")
                .split(" "));

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains(message).doesNotContain("hunter2");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget", "budget plan", "budget check", "budget census", "budget size"})
    void helpIsNoError(String command) {
        ToolsRun run = ToolsRun.of((command + " --help").split(" "));

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("Usage: penstock-tools " + command);
    }

    @Test
    void thePlanInTheHelpIsOne() throws Exception {
        String help = ToolsRun.of("budget", "--help").out();
        String plan = help.substring(help.indexOf("server:"), help.indexOf("  -h, --help"));

        assertThat(PlanFile.parse("help", plan).services()).hasSize(1);
    }

    @Test
    void sizeFindsThePool() {
        // Erlang C of 4 erlang: 7 connections 0.1351, 8: 0.0590; p99 of 8: 20 ms / 4 x ln 5.90 = 8.88 ms
        ToolsRun run = ToolsRun.of("budget", "size", "--rate", "200", "--hold", "20ms", "--p99-wait", "10ms");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("8 connections: 99 of 100 borrowers wait at most 8.878 ms")
                .contains("          8        50.0%         5.90%   0.295 ms", "Exact for arrivals at random");
    }

    @Test
    void sizeSaysWhereItIsApproximate() {
        ToolsRun run = ToolsRun.of(
                "budget", "size", "--rate", "200", "--hold", "20ms", "--hold-deviation", "40ms", "--connections", "8");

        // the mean of 0.295 ms times (1 + 4) / 2
        assertThat(run.out())
                .contains("wait at most about", "0.738 ms", "APPROXIMATE (Allen-Cunneen)", "(1.00 + 4.00) / 2");
    }

    /** In each form that it may be printed in, with how far it is off. */
    @ParameterizedTest
    @ValueSource(strings = {"table", "markdown", "json"})
    void whatIsApproximateIsMarkedSo(String format) {
        String arguments =
                "budget size --rate 200 --hold 20ms --hold-deviation 40ms --connections 8 --format " + format;

        assertThat(ToolsRun.of(arguments.split(" ")).out()).contains("APPROXIMATE", "+92/+110%");
    }

    @Test
    void whoDoesNotWaitIsSaidNotTo() {
        assertThat(ToolsRun.of("budget size --rate 1 --hold 1ms --p99-wait 0ms".split(" "))
                        .out())
                .startsWith("1 connection: 99 of 100 borrowers do not wait\n");
        assertThat(ToolsRun.of("budget size --rate 1 --hold 1ms --hold-deviation 0ms --connections 1".split(" "))
                        .out())
                .startsWith("1 connection: 99 of 100 borrowers do not wait, approximately\n");
    }

    @Test
    void ofPoolsThatDoNotFitItIsSaidThatTheyDoNot() throws Exception {
        assertThat(run("plan", BudgetFiles.plan(200, 2)).out())
                .contains(
                        "Even the smallest pools do not fit: OVER",
                        "service   declared  size",
                        "checkout         2     1");
    }

    @Test
    void aQueueThatNeverEndsIsSaidToBeOne() {
        String arguments = "budget size --rate 200 --hold 20ms --connections 4";

        assertThat(ToolsRun.of(arguments.split(" ")).out())
                .startsWith("4 connections: too few, the queue grows for ever");
        JsonObject json = json(ToolsRun.of((arguments + " --format json").split(" ")));
        assertThat(json.get("meanWaitSeconds").isJsonNull()).isTrue();
        assertThat(json.get("exact").getAsBoolean()).isTrue();
        assertThat(json.get("utilisation").getAsDouble()).isEqualTo(1);
    }
}
