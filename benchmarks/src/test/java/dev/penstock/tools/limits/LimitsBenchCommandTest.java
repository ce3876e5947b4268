package dev.penstock.tools.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks: that they get their options, run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class LimitsBenchCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return PenstockTools.commandLine().setOut(new PrintWriter(out)).execute(arguments);
    }

    @Test
    void forksMeasureWithStatementsTlsAndLimitsOnBothSidesAndCheckFailsAboveTheBound() {
        int exit = run(
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

        assertThat(exit).as(out.toString()).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("fork +2 of 2: plain +[0-9.]+ us, penstock +[0-9.]+ us, ratio [0-9.]+")
                .contains(
                        "pgjdbc with the server's own limits",
                        "sslmode=verify-full, host localhost",
                        "10 measured, each of 2 round trips, a new statement for each",
                        "ABOVE 0.001: BROKEN");
    }
}
