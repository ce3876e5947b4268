package dev.penstock.spring.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.NeedsPromtool;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts ask for what there is, and the alerts fire when they must. */
class MonitoringTest {
    /** In a table a bar within code has a backslash before it. */
    private static final Pattern ALERT_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| `(.*?)`[^`]* \\| .* \\|$");

    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    // ---- what they ask for ----------------------------------------------------------------------

    @Test
    @WithPostgres
    void everyMetricAndLabelIsThere(PostgresServer postgres) throws IOException {
        Scrape scrape = Scrape.ofApplication(postgres);

        assertThat(Shipped.expressions()).allSatisfy(expression -> {
            assertThat(expression.selectors()).isNotEmpty();
            for (Expression.Selector selector : expression.selectors()) {
                assertThat(scrape.metrics()).containsKey(selector.metric());
                Map<String, Set<String>> labels = scrape.metrics().get(selector.metric());
                for (Expression.Condition condition : selector.conditions()) {
                    assertThat(labels).containsKey(condition.label());
                    assertThat(condition.isVariable()
                                    || labels.get(condition.label()).stream().anyMatch(condition.asPredicate()))
                            .as("some %s of %s is %s", condition.label(), selector.metric(), condition.value())
                            .isTrue();
                }
            }
            assertThat(expression.selectors().stream()
                            .flatMap(selector -> scrape.metrics().get(selector.metric()).keySet().stream())
                            .collect(Collectors.toSet()))
                    .containsAll(expression.groupings());
        });
    }

    @Test
    @WithPostgres
    void theVariablesOfTheDashboardHaveValues(PostgresServer postgres) throws IOException {
        Scrape scrape = Scrape.ofApplication(postgres);
        List<String> queries =
                Shipped.listOfMaps(Shipped.map(Shipped.dashboard().get("templating"))
                                .get("list"))
                        .stream()
                        .filter(variable -> "query".equals(variable.get("type")))
                        .map(variable -> String.valueOf(
                                Shipped.map(variable.get("query")).get("query")))
                        .toList();

        assertThat(queries).hasSize(3).allSatisfy(query -> {
            Expression.Selector of = new Expression(query).selectors().get(0);
            String label = query.replaceFirst(".*, (\\w+)\\)$", "$1");
            assertThat(scrape.metrics().get(of.metric())).containsKey(label);
        });
    }

    // ---- promtool -------------------------------------------------------------------------------

    @Test
    @NeedsPromtool
    void thePromqlOfTheAlertsIsRight() throws Exception {
        promtool(Shipped.FOLDER, "check", Shipped.ALERTS);
    }

    @Test
    @NeedsPromtool
    void eachAlertFiresWhenItMustAndOtherwiseNot() throws Exception {
        promtool(Shipped.FOLDER, "test", Shipped.ALERTS_TEST);
    }

    @Test
    @NeedsPromtool
    void thePromqlOfTheDashboardIsRight() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        int number = 0;
        for (Expression expression : Shipped.ofDashboard()) {
            rules.append("  - record: panel:expression:").append(number++).append("\n    expr: |\n      ");
            rules.append(expression.withoutVariables()).append('\n');
        }
        Files.writeString(folder.resolve("rules.yml"), rules);

        promtool(folder, "check", "rules.yml");
    }

    private void promtool(Path folder, String command, String file) throws Exception {
        Path said = this.folder.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Programs.find("promtool").orElseThrow().toString(), command, "rules", file)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("promtool ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    @Test
    void ofEachAlertBothIsTested() throws IOException {
        Set<String> alerts =
                Shipped.alerts().stream().map(Shipped.Alert::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested(true)).isEqualTo(alerts);
        assertThat(tested(false)).isEqualTo(alerts);
    }

    private static Set<String> tested(boolean firing) throws IOException {
        return Shipped.expectations().stream()
                .filter(expected -> expected.containsKey("exp_alerts") == firing)
                .map(expected -> String.valueOf(expected.get("alertname")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // ---- for people -----------------------------------------------------------------------------

    @Test
    void eachAlertSaysWhatToDoAndHowUrgentItIs() throws IOException {
        assertThat(Shipped.alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("critical", "warning", "info");
            assertThat(alert.annotations()).containsOnlyKeys("summary", "description");
        });
    }

    @Test
    void eachPanelSaysWhatItMeansAndHasAPlaceOfItsOwn() throws IOException {
        assertThat(Shipped.panels())
                .isNotEmpty()
                .allSatisfy(panel -> assertThat(String.valueOf(panel.get("description")))
                        .hasSizeGreaterThan(40)
                        .endsWith("."));
        assertThat(Shipped.panels().stream().map(panel -> panel.get("gridPos"))).doesNotHaveDuplicates();
        assertThat(Shipped.panels().stream().map(panel -> panel.get("id"))).doesNotHaveDuplicates();
    }

    /** In the same order. */
    @Test
    void theDocumentationHasTheSameAlerts() throws IOException {
        String doc = Files.readString(Path.of("..", "docs", "observing.md"));

        assertThat(ALERT_ROW
                        .matcher(doc)
                        .results()
                        .map(row -> row.group(1) + ": " + row.group(2).replace("\\|", "|")))
                .containsExactlyElementsOf(Shipped.alerts().stream()
                        .map(alert -> alert.name() + ": " + alert.expression())
                        .toList());
    }
}
