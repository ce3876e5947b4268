package dev.penstock.tools.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks: that they get their options, run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class LimitsBenchCommandTest {
    @Test
    void forksMeasureWithStatementsTlsAndLimitsOnBothSidesAndCheckFailsAboveTheBound() {
        ToolsRun run = ToolsRun.of(
                "bench",
                "limits",
                "--tls",
                "--statement",
                "--both",
                "--forks=2",
                "--warm-up=0",
                "--cycles=10",
                "--batch=2",
                "--most=0.001",
                "--check");

        assertThat(run.exit()).as("%s", run).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("fork +2 of 2: plain +[0-9.]+ us, penstock +[0-9.]+ us, ratio [0-9.]+")
                .contains(
                        "pgjdbc with the server's own limits",
                        "sslmode=verify-full, host localhost",
                        "10 measured, each of 2 round trips, a new statement for each",
                        "ABOVE 0.001: BROKEN",
                        "server and JVMs are");
    }
}
