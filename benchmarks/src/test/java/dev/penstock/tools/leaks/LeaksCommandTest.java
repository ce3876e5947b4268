package dev.penstock.tools.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That it runs and prints. What it measures here says nothing, so the verdict is left alone. */
class LeaksCommandTest {
    @Test
    @Tag("once") // it starts a server of its own, and shows the same on every JDK
    void aShortRunPrintsRows() {
        ToolsRun run = ToolsRun.of("leaks", "--quick", "--only=^delay$");

        assertThat(run.exit()).as("%s", run).isBetween(0, 1);
        assertThat(run.out())
                .contains("3 rows, quick: ")
                .doesNotContain("NOT MEASURED")
                .containsPattern("from threshold to report: borrower ended +worst [0-9]+ ms of 20");
    }
}
