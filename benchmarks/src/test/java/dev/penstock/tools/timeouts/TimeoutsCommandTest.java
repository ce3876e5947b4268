package dev.penstock.tools.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That it runs and prints. What it measures here says nothing, so the verdict is left alone. */
class TimeoutsCommandTest {
    @Test
    @Tag("slow") // it waits for limits of two seconds, over and over
    void aShortRunPrintsRows() {
        ToolsRun run = ToolsRun.of("timeouts", "--quick", "--only=^(idle|back-to-back|allowed)$");

        assertThat(run.exit()).as("%s", run).isBetween(0, 1);
        assertThat(run.out())
                .contains("12 rows, quick: ")
                .doesNotContain("NOT MEASURED")
                .containsPattern("idle in transaction, server line off, TLS +median [0-9.]+ s, worst [0-9.]+ s of 2")
                .containsPattern("4 s of back-to-back 5 ms transactions, TLS: cut +[0-9] of 4 sessions in [0-9]{3,} ")
                .containsPattern(
                        "allowed by the server: COPY in, with pauses, 4 MB each: cut +[0-9] of 2, plain and TLS");
    }
}
