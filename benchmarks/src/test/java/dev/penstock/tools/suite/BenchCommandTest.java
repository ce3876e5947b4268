package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.ToolsRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** With groups that measure nothing. */
class BenchCommandTest {
    private static final Figure.Kept KEPT = new Figure.Kept("at most 1.2 x", true);
    private static final Figure.Kept BROKEN = new Figure.Kept("at most 1.2 x", false);

    @TempDir
    private Path folder;

    private final List<Group> groups = new ArrayList<>();

    /** A group that has such a ratio. */
    private record MadeUp(String name, double ratio, Figure.Kept promise) implements Group {
        @Override
        public Duration takes(SuiteEffort effort) {
            return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 29 : 3_000);
        }

        @Override
        public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws IOException {
            if (ratio == 0) {
                throw new IOException("no server");
            }
            progress.accept("measuring");
            Interval interval = new Interval(ratio - 0.01, ratio, ratio + 0.01);
            return List.of(Reports.bare("HikariCP"), Reports.row("Penstock", interval, promise));
        }
    }

    private void measures(String name, double ratio) {
        measures(name, ratio, KEPT);
    }

    private void measures(String name, double ratio, Figure.Kept promise) {
        groups.removeIf(group -> group.name().equals(name));
        groups.add(new MadeUp(name, ratio, promise));
    }

    private ToolsRun bench(String... arguments) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T21:00:00Z"), ZoneOffset.UTC);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new BenchCommand(groups, new Surroundings(clock, () -> "17.11"), results()))
                .setAllowSubcommandsAsOptionParameters(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new ToolsRun(exit, out.toString(), err.toString());
    }

    /** Where they usually are. */
    private Path results() {
        return folder.resolve("RESULTS.md");
    }

    private void haveResults() throws IOException {
        Files.writeString(results(), "");
        assertThat(bench().exit()).isZero();
    }

    @Test
    void allGroupsAreMeasuredAndShown() {
        measures("borrow", 1.15);
        measures("gate", 1.01);

        ToolsRun run = bench("--quick");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.out())
                .contains("begin: 2026-11-22T21:00:00Z", "PostgreSQL: 17.11", "pgjdbc 42.", "  measuring")
                .contains("2 groups, quick: some 1 minute on two idle cores", "borrow ... (29 s on two idle cores)")
                .containsPattern("Penstock +1.15 +1.14 to 1.16 +36 ns .* at most 1.2 x: kept")
                .contains("2 groups, quick: all 2 promises kept");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void onlyWhatMatchesIsMeasured() {
        measures("borrow", 1.15);
        measures("gate", 1.01);

        assertThat(bench("--only=at").out()).contains("gate ...").doesNotContain("borrow ...");
    }

    @Test
    void aGroupThatFailsEndsNoOther() {
        measures("borrow", 0);
        measures("gate", 1.01);

        ToolsRun run = bench();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "2 groups, full: some 100 minutes on two idle cores",
                        "gate ...",
                        "NOT MEASURED  borrow: java.io.IOException: no server",
                        "2 groups, full: all 1 promises kept; not everything was measured");
    }

    @Test
    void resultsAreWrittenWhereTheyAreOrAreWanted() throws Exception {
        measures("borrow", 1.15);
        Path wanted = folder.resolve("mine.md");
        haveResults();

        ToolsRun run = bench("--quick", "--results=" + wanted);

        assertThat(run.out()).contains("written: " + wanted).doesNotContain("written: " + results());
        assertThat(ResultsReader.read(wanted).effort()).isEqualTo(SuiteEffort.QUICK);
        assertThat(ResultsReader.read(results())).satisfies(report -> {
            assertThat(report.effort()).isEqualTo(SuiteEffort.FULL);
            assertThat(report.facts()).containsKeys("machine", "load at begin", "load at end", "JDK", "versions");
            assertThat(report.groups()).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"--quick", "--only=borrow", "--check"})
    void lessThanEverythingOverwritesNothing(String option) throws IOException {
        measures("borrow", 1.15);
        haveResults();
        String before = Files.readString(results());
        measures("borrow", 1.16);

        assertThat(bench(option).exit()).isZero();
        assertThat(results()).hasContent(before);
    }

    @Test
    void aGroupThatFailsLeavesTheUsualResultsAsTheyAre() throws IOException {
        measures("borrow", 1.15);
        measures("gate", 1.01);
        haveResults();
        String before = Files.readString(results());
        measures("gate", 0);

        ToolsRun run = bench();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("not written, because not everything was measured: " + results());
        assertThat(results()).hasContent(before);
    }

    @Test
    void butAFileThatIsNamedHasWhatThereIs() throws Exception {
        measures("borrow", 1.15);
        measures("gate", 0);
        Path wanted = folder.resolve("mine.md");

        assertThat(bench("--results=" + wanted).exit()).isEqualTo(1);
        assertThat(ResultsReader.read(wanted).groups())
                .extracting(GroupResult::failure)
                .containsExactly(null, "java.io.IOException: no server");
    }

    @Test
    void jsonHasAllFigures() throws IOException {
        measures("borrow", 1.15);
        measures("gate", 0);
        Path json = folder.resolve("bench.json");

        assertThat(bench("--json=" + json).exit()).isEqualTo(1);

        JsonObject all = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        JsonObject borrow = all.getAsJsonArray("groups").get(0).getAsJsonObject();
        JsonObject penstock = borrow.getAsJsonArray("rows").get(1).getAsJsonObject();
        assertThat(all.get("mode").getAsString()).isEqualTo("full");
        assertThat(all.get("kept").getAsBoolean()).isFalse();
        assertThat(penstock.getAsJsonObject("ratio").get("high").getAsDouble()).isEqualTo(1.16);
        assertThat(penstock.getAsJsonObject("promise").get("kept").getAsBoolean())
                .isTrue();
        assertThat(borrow.getAsJsonArray("rows")
                        .get(0)
                        .getAsJsonObject()
                        .get("ratio")
                        .isJsonNull())
                .isTrue();
        assertThat(all.getAsJsonArray("groups")
                        .get(1)
                        .getAsJsonObject()
                        .get("notMeasured")
                        .getAsString())
                .contains("no server");
    }

    @Test
    void theCheckPassesOnWhatIsTheSame() throws IOException {
        measures("borrow", 1.15);
        haveResults();

        ToolsRun run = bench("--check");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.out())
                .contains("compared with " + results() + ", which were measured in full mode:", "1 same: passed");
    }

    @Test
    void thatOneOfBothWasQuickIsSaid() throws IOException {
        measures("borrow", 1.15);
        haveResults();

        assertThat(bench("--check", "--quick").out())
                .contains("measured in full mode (what is less warm has other ratios):");
    }

    @Test
    void andFailsOnWhatIsWorseUnlessThatIsTolerated() throws IOException {
        measures("borrow", 1.15);
        haveResults();
        measures("borrow", 1.5);

        ToolsRun run = bench("--check");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("WORSE  borrow: Penstock: 1.5 x", "tolerance 10 %", "FAILED");
        assertThat(bench("--check", "--tolerance=40").exit()).isZero();
    }

    @Test
    void andOnABrokenPromiseWhateverItWasBefore() throws IOException {
        measures("borrow", 1.15, BROKEN);
        haveResults();

        ToolsRun run = bench("--check");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("BROKEN  borrow: Penstock", "1 same: passed");
    }

    @Test
    void andOnAGroupThatIsGoneButNotIfOthersWereChosen() throws IOException {
        measures("borrow", 1.15);
        measures("gate", 1.01);
        haveResults();
        groups.removeIf(group -> group.name().equals("gate"));

        assertThat(bench("--check").exit()).isEqualTo(1);
        assertThat(bench("--check", "--only=borrow").exit()).isZero();
    }

    @Test
    void withoutResultsThereIsNothingToCompareWith() {
        measures("borrow", 1.15);

        ToolsRun run = bench("--check");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--results must be a file to compare with", results() + ", which is not there");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void norWithAnotherFile() throws IOException {
        measures("borrow", 1.15);
        Files.writeString(results(), "# Something else\n");

        ToolsRun run = bench("--check");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--results must be what bench has written", results() + ", line 1: ");
    }

    @Test
    void norWithOneThatHasAGroupTwice() throws IOException {
        measures("borrow", 1.15);
        haveResults();
        String written = Files.readString(results());
        Files.writeString(results(), written + "\n" + written.substring(written.indexOf("## borrow")));

        ToolsRun run = bench("--check");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains(results() + ", line ", "the line must be the only heading of its group, but was '## borrow'");
    }

    @Test
    void norWithAGroupThatWasNotMeasured() throws IOException {
        measures("borrow", 0);
        Path partial = folder.resolve("mine.md");
        assertThat(bench("--results=" + partial).exit()).isEqualTo(1);
        measures("borrow", 1.15);

        ToolsRun run = bench("--check", "--results=" + partial);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("MISSING  borrow: has no results to compare with", "FAILED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --only=nothing              | --only must match the name of a measurement (borrow), but was nothing
            --only=[                    | --only must be a regular expression, but was [
            --tolerance=5               | --tolerance must go with --check, but was 5.0
            --check --tolerance=-1      | --tolerance must be between 0 and 1000, but was -1.0
            --check --tolerance=NaN     | --tolerance must be between 0 and 1000, but was NaN
            --json=/no/such/folder/x    | --json must be a file in a directory that exists, but was /no/such/folder/x
            --results=/no/such/folder/x | --results must be a file in a directory that exists, but was /no/such/folder/x
            """)
    void badInputIsRefusedBeforeAnythingIsMeasured(String arguments, String refusal) {
        measures("borrow", 1.15);

        ToolsRun run = bench(arguments.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(refusal);
        assertThat(run.out()).isEmpty();
    }
}
