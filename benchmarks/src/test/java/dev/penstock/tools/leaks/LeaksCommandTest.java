package dev.penstock.tools.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That it runs and prints. What it measures here says nothing, so the verdict is left alone. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class LeaksCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void aShortRunPrintsRows() {
        int exit = run("leaks", "--quick", "--only=^delay$");

        assertThat(exit).as(out.toString()).isBetween(0, 1);
        assertThat(out.toString())
                .contains("3 rows, quick: ")
                .doesNotContain("NOT MEASURED")
                .containsPattern("from threshold to report: borrower ended +worst [0-9]+ ms of 20");
    }

    @Test
    void itIsASubcommandWithAHelpOfItsOwn() {
        assertThat(run("leaks", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: penstock-tools leaks", "--minutes", "--seed", "Exit code 1");
    }

    @Test
    void badInputIsRefused() {
        assertThat(run("leaks", "--minutes=0")).isEqualTo(2);
        assertThat(out.toString()).contains("--minutes must be 1 or more, but was 0");
    }
}
