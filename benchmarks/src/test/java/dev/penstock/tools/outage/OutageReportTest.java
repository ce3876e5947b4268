package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageReportTest {
    private static final Surroundings SURROUNDINGS =
            new Surroundings("2026-11-21", "17.11", "42.7.14", "17.0.15", "Linux amd64", 2);
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static CellResult cell(PoolKind pool, Fault fault, Figures... runs) {
        CellResult result = new CellResult(pool, fault);
        List.of(runs).forEach(result::count);
        return result;
    }

    private static OutageReport report(CellResult... cells) {
        List<Fault> faults =
                List.of(cells).stream().map(CellResult::fault).distinct().toList();
        List<PoolKind> pools =
                List.of(cells).stream().map(CellResult::pool).distinct().toList();
        OutagePlan plan = new OutagePlan(pools, faults, Duration.ofSeconds(10), Duration.ofMillis(30_500), 2);
        return new OutageReport(plan, SURROUNDINGS, List.of(cells));
    }

    private static FiguresBuilder run() {
        return new FiguresBuilder();
    }

    @Test
    void aRowShowsMediansAndTheWorst() {
        OutageReport report = report(cell(
                PoolKind.HIKARI,
                Fault.SILENT,
                run().failed(30, 0).recovery(800).longest(1000, false).build(),
                run().failed(50, 4).recovery(1400).longest(40_000, true).hung(3).build(),
                run().failed(40, 2).recovery(900).build()));

        assertThat(report.lines())
                .anyMatch(line -> line.matches("HikariCP [0-9.]+ +7 +40 +5 +2 +> 40\\.0 s +3 +0\\.90 s \\(1\\.40 s\\)"
                        + " +1\\.00 s \\(1\\.50 s\\) +10\\.8 s \\(10\\.8 s\\) +2"));
        assertThat(report.markdown())
                .anyMatch(line ->
                        line.matches("\\| HikariCP [0-9.]+ \\| 7 \\| 40 \\| 5 \\| 2 \\| > 40\\.0 s \\| 3 \\|.*"));
    }

    @Test
    void neverIsSaidAndCountsInTheMedian() {
        Figures back = run().recovery(900).build();
        Figures gone = run().recovery(NEVER).build();

        assertThat(servedAgain(Fault.SILENT, gone, gone)).contains("  never in 30.5 s  never in 30.5 s  ");
        assertThat(servedAgain(Fault.SILENT, gone, gone, back)).contains("  never in 30.5 s (2 of 3)  ");
        assertThat(servedAgain(Fault.SILENT, gone, back, back)).contains("  0.90 s (1 of 3 never in 30.5 s)  ");
        assertThat(servedAgain(Fault.SILENT_DEFAULTS, gone)).contains("  never in 61 s  ");
    }

    private static String servedAgain(Fault fault, Figures... runs) {
        return report(cell(PoolKind.TOMCAT, fault, runs)).lines().stream()
                .filter(line -> line.startsWith("Tomcat"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoHasNoLimitCannotBeBeyondIt() {
        assertThat(report(cell(PoolKind.DBCP2, Fault.RESTART, run().build())).lines())
                .anyMatch(line -> line.startsWith("DBCP2") && line.contains("no limit"));
        assertThat(report(cell(PoolKind.DBCP2, Fault.SILENT, run().build())).lines())
                .noneMatch(line -> line.contains("no limit"));
    }

    @Test
    void limitsAndSizesAreStated() {
        List<String> lines =
                report(cell(PoolKind.HIKARI, Fault.SILENT, run().build())).lines();

        assertThat(lines).anyMatch(line -> line.contains("PostgreSQL 17.11, pgjdbc 42.7.14, JDK 17.0.15"));
        assertThat(String.join("\n", lines))
                .contains("outage 10 s, then watched for 30.5 s", "20 callers", "5 connections at least and at most")
                .contains("a caller waits 1 s at most", "connect.deadline 1 s", "no driver timeout");
    }

    @Test
    void aBrokenPromiseIsNamedAndComesLast() {
        OutageReport report =
                report(cell(PoolKind.PENSTOCK, Fault.SILENT, run().hung(2).build()));

        assertThat(report.kept()).isFalse();
        assertThat(report.lines())
                .anyMatch(line -> line.matches("BROKEN: silent, Penstock over HikariCP .*: 2 callers hung .*"))
                .last()
                .isEqualTo("Penstock, 1 cell(s): BROKEN");
    }

    @Test
    void othersAloneAreNotJudged() {
        OutageReport report =
                report(cell(PoolKind.AGROAL, Fault.SILENT, run().hung(20).build()));

        assertThat(report.kept()).isTrue();
        assertThat(report.lines()).last().asString().startsWith("nothing judged");
    }

    @Test
    void whatBroughtNoFiguresIsShown() {
        CellResult gone = new CellResult(PoolKind.VIBUR, Fault.KILLED);
        gone.fail("the cell was gone; the end of its log:\nboom");

        OutageReport report = report(gone);

        assertThat(report.lines())
                .anyMatch(line -> line.matches("Vibur [0-9.]+ +not measured"))
                .anyMatch(line -> line.startsWith("not measured: killed, Vibur") && line.contains("gone"));
        assertThat(report.json()).contains("\"notMeasured\": \"the cell was gone");
    }

    @Test
    void doubtfulRunsAreNotHidden() {
        CellResult result = cell(PoolKind.PENSTOCK, Fault.REFUSED, run().build());
        result.doubt(run().longest(1180, false).stall(120).build());

        OutageReport report = report(result);

        assertThat(report.kept()).isTrue();
        assertThat(report.lines())
                .anyMatch(line -> line.startsWith("doubtful, repeated: refused") && line.contains("1.18 s"));
        assertThat(report.json()).contains("\"doubtful\": [{\"recovered\": true");
    }

    @Test
    void jsonHasEveryRunAndNoInfinity() {
        String json = report(cell(
                        PoolKind.HIKARI,
                        Fault.SILENT,
                        run().recovery(NEVER).build(),
                        run().recovery(900).build()))
                .json();

        assertThat(json)
                .contains("\"fault\": \"silent\", \"pool\": \"hikari\"")
                .contains("{\"recovered\": false, \"outageMillis\": 10001.0, \"served\": 7, \"failed\": 40")
                .contains("\"recoveryMillis\": 900.0")
                .contains("\"callerMillis\": 1000", "\"penstockConnectDeadlineMillis\": 1000")
                .doesNotContain("Infinity");
    }
}
