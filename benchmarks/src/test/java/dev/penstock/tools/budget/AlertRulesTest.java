package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Thresholds;
import dev.penstock.lab.junit.NeedsPromtool;
import dev.penstock.lab.process.Programs;
import dev.penstock.tools.ToolsRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class AlertRulesTest {
    /** What YAML, PromQL, a template of Go, or a reader of YAML 1.1 would take for something else. */
    private static final List<String> ODD_NAMES = List.of(
            "'",
            "\"",
            "\\",
            "\\n",
            "{{",
            "{{{",
            "}}",
            "{{ end }}",
            "{{`",
            "`",
            "{",
            "a{",
            "$value",
            "%s",
            "|",
            ">",
            "null",
            "~",
            "true",
            "no",
            "12",
            "1_000",
            "1e3",
            "2026-11-22",
            "<<",
            "=",
            " a ",
            "- a",
            "a: b",
            "a #b",
            "caf\u00e9",
            "\ud83d\ude00",
            "a\u2028b",
            "\u00a0x",
            "\ufeffa",
            "\uffff");

    @TempDir
    private Path folder;

    @Test
    void theyHaveTheNumbersOfThePlan() throws Exception {
        ToolsRun run = ToolsRun.of(
                "budget", "plan", BudgetFiles.write(folder, BudgetFiles.FITS), "--alerts", "--service-label", "app");

        // 80 % of 100, 70 % of 10
        assertThat(expressions(run.out()))
                .containsExactly(
                        "sum by (instance, server) (pg_stat_activity_count) > 80 for 2m",
                        "pg_settings_max_connections != 100 for 5m",
                        "hikaricp_connections_active{app=\"checkout\"} > 7 for 2m",
                        "hikaricp_connections_pending{app=\"checkout\"} > 0 for 1m",
                        "hikaricp_connections_max{app=\"checkout\"} > 10 for 5m");
        assertThat(run.out()).contains("# These need postgres_exporter", "# These need HikariCP's Micrometer metrics");
    }

    @Test
    void aRolloutThatIsAsPlannedIsNoAlarm() {
        Plan plan = Plan.of(ServerLimits.of(200)).withThresholds(new Thresholds(60, 90));

        assertThat(text(plan)).contains("(pg_stat_activity_count) > 180");
    }

    @SuppressWarnings("unchecked")
    private static List<String> expressions(String rules) {
        Map<String, List<Map<String, Object>>> file = (Map<String, List<Map<String, Object>>>)
                new Load(LoadSettings.builder().build()).loadFromString(rules);
        List<String> expressions = new ArrayList<>();
        for (Map<String, Object> group : file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                assertThat(rule).containsOnlyKeys("alert", "expr", "for", "labels", "annotations");
                expressions.add(rule.get("expr") + " for " + rule.get("for"));
            }
        }
        return expressions;
    }

    @Test
    @NeedsPromtool
    void namesCannotBreakOutOfARule() throws Exception {
        Plan plan = Plan.of(ServerLimits.of(100));
        for (String name : ODD_NAMES) {
            plan = plan.and(Service.of(name, 1, 10));
        }

        promtool("check", text(plan), "rules.yaml");
    }

    /** What is expected stands in alerts-test.yaml. */
    @Test
    @NeedsPromtool
    void eachAlertFiresWhenItMustAndOtherwiseNot() throws Exception {
        Path plan = copy("alerts-plan.yaml");
        copy("alerts-test.yaml");

        promtool(
                "test",
                ToolsRun.of("budget", "plan", plan.toString(), "--alerts").out(),
                "alerts-test.yaml");
    }

    private static String text(Plan plan) {
        return String.join("\n", new AlertRules("application").of(plan)) + "\n";
    }

    private Path copy(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AlertRulesTest.class.getResourceAsStream(name), name)) {
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private void promtool(String command, String rules, String file) throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), rules);
        Process process = new ProcessBuilder(
                        Programs.find("promtool").orElseThrow().toString(), command, "rules", file)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
