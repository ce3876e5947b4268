package dev.penstock.tools.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks: that they run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class ConnectBenchCommandTest {
    @Test
    void forksMeasureAndTheRatioIsPrinted() {
        ToolsRun run = ToolsRun.of(
                "bench", "connect", "--forks=2", "--stub=20", "--warm-up=0", "--cycles=10", "--most=1000", "--check");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.out())
                .containsPattern("fork +2 of 2: plain +[0-9.]+ ms, penstock +[0-9.]+ ms, ratio [0-9.]+")
                .containsPattern("penstock / plain: [0-9.]+, 95 % interval [0-9.]+ to [0-9.]+")
                .contains("not above 1000.000: as promised");
    }

    @Test
    void checkFailsAboveTheBoundWithTlsToo() {
        ToolsRun run = ToolsRun.of(
                "bench",
                "connect",
                "--tls",
                "--forks=2",
                "--stub=20",
                "--warm-up=0",
                "--cycles=10",
                "--most=0.001",
                "--check");

        assertThat(run.exit()).as("%s", run).isEqualTo(1);
        assertThat(run.out()).contains("sslmode=verify-full, host localhost", "ABOVE 0.001: BROKEN");
    }
}
