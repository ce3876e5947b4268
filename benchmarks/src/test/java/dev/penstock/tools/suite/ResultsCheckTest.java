package dev.penstock.tools.suite;

import static dev.penstock.tools.suite.Reports.bare;
import static dev.penstock.tools.suite.Reports.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.suite.RowChange.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResultsCheckTest {
    private static final SuiteReport OLD =
            Reports.of(SuiteEffort.FULL, bare("HikariCP"), row("Penstock", 1.12, 1.15, 1.18));

    private static ResultsCheck check(SuiteReport now) {
        return ResultsCheck.of(OLD, now, Reports.ALL, 0.1);
    }

    private static SuiteReport now(SuiteEffort effort, double low, double ratio, double high) {
        return Reports.of(effort, bare("HikariCP"), row("Penstock", low, ratio, high));
    }

    @Test
    void aRatioBeyondToleranceAndBothIntervalsIsWorse() {
        ResultsCheck check = check(now(SuiteEffort.FULL, 1.35, 1.38, 1.41));

        assertThat(check.passed()).isFalse();
        assertThat(check.lines())
                .containsExactly(
                        "WORSE  borrow: Penstock: 1.38 x (95 %: 1.35 to 1.41), was 1.15 x (95 %: 1.12 to 1.18)",
                        "check, tolerance 10 %: 1 worse, 0 unsure, 0 better, 0 missing, 0 left out, 0 new, 0 same: FAILED");
    }

    @Test
    void oneThatIsHigherWithinTheToleranceIsNot() {
        assertThat(check(now(SuiteEffort.FULL, 1.22, 1.25, 1.28)).passed()).isTrue();
    }

    @Test
    void norOneWhoseIntervalIsTooWideToSayWhichIsNamed() {
        ResultsCheck check = check(now(SuiteEffort.FULL, 1.1, 1.38, 1.73));

        assertThat(check.passed()).isTrue();
        assertThat(check.lines()).first().asString().startsWith("UNSURE  borrow: Penstock: 1.38 x");
    }

    @Test
    void aPromiseThatIsGoneIsMissing() {
        SuiteReport old = Reports.of(
                SuiteEffort.FULL, row("Penstock", new Interval(1, 1, 1), new Figure.Kept("at most 1.2 x", true)));

        ResultsCheck check =
                ResultsCheck.of(old, Reports.of(SuiteEffort.FULL, row("Penstock", 1, 1, 1)), Reports.ALL, 0.1);

        assertThat(check.passed()).isFalse();
        assertThat(check.lines()).contains("MISSING  borrow: Penstock: promises nothing any more");
    }

    @Test
    void quickModeLeavesOutNoGroup() {
        SuiteReport other = new SuiteReport(
                SuiteEffort.QUICK,
                Reports.FACTS,
                List.of(new GroupResult("gate", List.of(row("Gate", 1, 1, 1)), null)));

        assertThat(check(other).passed()).isFalse();
    }

    @Test
    void aLowerRatioIsNamedAndNoFailure() {
        ResultsCheck check = check(now(SuiteEffort.FULL, 0.95, 0.97, 0.99));

        assertThat(check.passed()).isTrue();
        assertThat(check.lines()).first().asString().startsWith("BETTER  borrow: Penstock: 0.97 x");
    }

    @Test
    void aRowThatWasNotMeasuredIsMissing() {
        ResultsCheck check = check(Reports.of(SuiteEffort.FULL, bare("HikariCP"), row("Other", 1, 1, 1)));

        assertThat(check.passed()).isFalse();
        assertThat(check.lines())
                .contains("MISSING  borrow: Penstock: not measured", "NEW  borrow: Other: not in the results");
    }

    @Test
    void soIsOneThatHasLostItsRatio() {
        assertThat(check(Reports.of(SuiteEffort.FULL, bare("HikariCP"), bare("Penstock")))
                        .lines())
                .contains("MISSING  borrow: Penstock: has no ratio any more");
    }

    @Test
    void quickModeLeavesRowsOut() {
        ResultsCheck check = check(Reports.of(SuiteEffort.QUICK, bare("HikariCP")));

        assertThat(check.passed()).isTrue();
        assertThat(check.lines()).contains("LEFT OUT  borrow: Penstock: not measured");
    }

    @Test
    void butNotWhatQuickModeHasMeasuredBefore() {
        SuiteReport old = Reports.of(SuiteEffort.QUICK, bare("HikariCP"), row("Penstock", 1, 1, 1));

        assertThat(ResultsCheck.of(old, Reports.of(SuiteEffort.QUICK, bare("HikariCP")), Reports.ALL, 0.1)
                        .passed())
                .isFalse();
    }

    /** A group that cannot measure one of its rows here. */
    private record Without(String name, String row) implements Group {
        @Override
        public Duration takes(SuiteEffort effort) {
            return Duration.ZERO;
        }

        @Override
        public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) {
            return List.of();
        }

        @Override
        public boolean leavesOut(String other) {
            return other.equals(row);
        }
    }

    private static ResultsCheck checkWithoutPenstock(Group group) {
        SuiteReport now = Reports.of(SuiteEffort.FULL, bare("HikariCP"));
        return ResultsCheck.of(OLD, now, new Scope(any -> true, List.of(group)), 0.1);
    }

    @Test
    void whatThisJvmCannotMeasureIsLeftOut() {
        ResultsCheck check = checkWithoutPenstock(new Without("borrow", "Penstock"));

        assertThat(check.passed()).isTrue();
        assertThat(check.lines()).contains("LEFT OUT  borrow: Penstock: not measured");
    }

    @Test
    void butNoOtherRowAndOfNoOtherGroup() {
        assertThat(checkWithoutPenstock(new Without("borrow", "HikariCP")).passed())
                .isFalse();
        assertThat(checkWithoutPenstock(new Without("gate", "Penstock")).passed())
                .isFalse();
    }

    @Test
    void againstAGroupThatWasNotMeasuredNothingPasses() {
        SuiteReport old = new SuiteReport(
                SuiteEffort.FULL, Reports.FACTS, List.of(new GroupResult("borrow", List.of(), "no server")));

        ResultsCheck check = ResultsCheck.of(old, now(SuiteEffort.FULL, 1, 1, 1), Reports.ALL, 0.1);

        assertThat(check.passed()).isFalse();
        assertThat(check.lines()).contains("MISSING  borrow: has no results to compare with: no server");
    }

    @Test
    void aGroupThatFailedIsMissing() {
        ResultsCheck check = check(new SuiteReport(
                SuiteEffort.QUICK, Reports.FACTS, List.of(new GroupResult("borrow", List.of(), "no server"))));

        assertThat(check.passed()).isFalse();
        assertThat(check.lines()).contains("MISSING  borrow: could not be measured: no server");
    }

    @Test
    void aGroupThatIsGoneIsMissingUnlessOthersWereChosen() {
        SuiteReport other = new SuiteReport(
                SuiteEffort.FULL, Reports.FACTS, List.of(new GroupResult("gate", List.of(row("Gate", 1, 1, 1)), null)));

        assertThat(check(other).passed()).isFalse();
        assertThat(ResultsCheck.of(OLD, other, new Scope("gate"::equals, List.of()), 0.1)
                        .changes())
                .extracting(RowChange::kind)
                .containsExactly(Kind.NEW);
    }
}
