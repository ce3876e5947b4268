package dev.penstock.tools.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A miniature of the matrix. The limit is generous: what is tested here is the outcome, not the machine. */
class DeadlinesCommandTest {
    private static final String LIMIT = "--limit=10s";

    @TempDir
    private Path folder;

    @Test
    void threeCasesOfTheMatrixEndAsTheyMust() throws Exception {
        Path json = folder.resolve("matrix.json");

        ToolsRun run = ToolsRun.of(
                "deadlines", "--quick", LIMIT, "--only", "^(healthy, TLS|silent|refuse)$", "--json", json.toString());

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.out().lines().toList())
                .anyMatch(line -> line.matches("healthy, TLS +2 +CONNECTED .* ok"))
                .anyMatch(line -> line.matches("silent +2 +TIMED_OUT +startup .* ok"))
                .anyMatch(line -> line.matches("refuse +2 +UNREACHABLE +TCP .* ok"));
        assertThat(run.out().lines()).last().asString().startsWith("3 cases, deadline 500 ms: all as promised");
        assertThat(Files.readString(json)).contains("\"kept\": true", "\"name\": \"silent\"");
    }

    @Test
    void aPatternWithoutAMatchIsRefused() {
        ToolsRun run = ToolsRun.of("deadlines", "--quick", LIMIT, "--only", "no such case");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--only must match the name of a case, but was no such case");
    }
}
