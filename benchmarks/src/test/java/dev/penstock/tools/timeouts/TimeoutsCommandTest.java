package dev.penstock.tools.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TimeoutsCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    /** That it runs and prints. What it measures here says nothing, so the verdict is left alone. */
    @Test
    @Tag("slow") // it waits for limits of two seconds, over and over
    void aShortRunPrintsRows() {
        int exit = run("timeouts", "--quick", "--only=^idle$");

        assertThat(exit).as(out.toString()).isBetween(0, 1);
        assertThat(out.toString())
                .contains("2 rows, quick: ")
                .doesNotContain("NOT MEASURED")
                .containsPattern("idle in transaction, server line off, TLS +median [0-9.]+ s, worst [0-9.]+ s of 2");
    }

    @Test
    void itIsASubcommandWithAHelpOfItsOwn() {
        assertThat(run("timeouts", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: penstock-tools timeouts", "--quick", "--binaries", "Exit code 1");
    }

    @Test
    void badInputIsRefused() {
        assertThat(run("timeouts", "--only=nothing")).isEqualTo(2);
        assertThat(out.toString()).contains("--only must match the name of a measurement, but was nothing");
    }
}
