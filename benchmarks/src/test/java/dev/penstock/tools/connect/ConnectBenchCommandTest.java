package dev.penstock.tools.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks: that they run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class ConnectBenchCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return PenstockTools.commandLine().setOut(new PrintWriter(out)).execute(arguments);
    }

    @Test
    void forksMeasureAndTheRatioIsPrinted() {
        int exit = run(
                "bench", "connect", "--forks=2", "--stub=20", "--warm-up=0", "--cycles=10", "--most=1000", "--check");

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("fork +2 of 2: plain +[0-9.]+ ms, penstock +[0-9.]+ ms, ratio [0-9.]+")
                .containsPattern("penstock / plain: [0-9.]+, 95 % interval [0-9.]+ to [0-9.]+")
                .contains("not above 1000.000: as promised");
    }

    @Test
    void checkFailsAboveTheBoundWithTlsToo() {
        int exit = run(
                "bench",
                "connect",
                "--tls",
                "--forks=2",
                "--stub=20",
                "--warm-up=0",
                "--cycles=10",
                "--most=0.001",
                "--check");

        assertThat(exit).as(out.toString()).isEqualTo(1);
        assertThat(out.toString()).contains("sslmode=verify-full, host localhost", "ABOVE 0.001: BROKEN");
    }
}
