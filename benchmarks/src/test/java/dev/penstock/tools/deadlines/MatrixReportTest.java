package dev.penstock.tools.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixReportTest {
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final FaultCase SILENT =
            FaultCase.of("silent", Expectation.expires(ConnectOutcome.TIMED_OUT, ConnectPhase.STARTUP), stage -> {});

    private static CaseRun run(long overshootMillis, long stallMillis) {
        long overshoot = Duration.ofMillis(overshootMillis).toNanos();
        Ending ending = new Ending(
                ConnectOutcome.TIMED_OUT, ConnectPhase.STARTUP, DEADLINE.toNanos() + overshoot, overshoot, null);
        return new CaseRun(
                SILENT, List.of(ending), Duration.ofMillis(stallMillis).toNanos());
    }

    private static MatrixReport report(CaseResult result) {
        return new MatrixReport(DEADLINE, LIMIT, List.of(result));
    }

    @Test
    void theWorstRunIsShownAndTheMaximumComesLast() {
        CaseResult result = new CaseResult(SILENT);
        result.count(run(3, 9), Verdict.KEPT);
        result.count(run(60, 20), Verdict.KEPT);

        MatrixReport report = report(result);

        assertThat(report.kept()).isTrue();
        assertThat(report.lines().get(2)).matches("silent +2 +TIMED_OUT +startup +560 +60\\.0 +20\\.0 +40\\.0 +0 +ok");
        assertThat(report.lines())
                .last()
                .isEqualTo("1 cases, deadline 500 ms: all as promised, maximum overshoot 60.0 ms (silent;"
                        + " stall 20.0 ms), allowed 100 ms");
    }

    @Test
    void aBrokenPromiseIsNamed() {
        CaseResult result = new CaseResult(SILENT);
        result.count(run(3, 9), Verdict.KEPT);
        result.count(run(140, 9), Verdict.LATE);

        MatrixReport report = report(result);

        assertThat(report.kept()).isFalse();
        assertThat(report.lines()).anyMatch(line -> line.startsWith("BROKEN: silent: TIMED_OUT in startup after 640"));
        assertThat(report.lines()).last().asString().contains("1 BROKEN", "140.0 ms");
    }

    @Test
    void whatWasRepeatedIsNotHidden() {
        CaseResult result = new CaseResult(SILENT);
        result.doubt(run(150, 120));
        result.count(run(2, 5), Verdict.KEPT);

        MatrixReport report = report(result);

        assertThat(report.kept()).isTrue();
        assertThat(report.lines()).anyMatch(line -> line.startsWith("doubtful: silent") && line.contains("150.0"));
        assertThat(report.json()).contains("\"doubtful\": [{\"connects\": 1", "\"overshootMillis\": 150.0");
    }
}
