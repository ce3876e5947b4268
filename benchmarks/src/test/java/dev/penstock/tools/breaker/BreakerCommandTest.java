package dev.penstock.tools.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it runs and prints. What it measures here says nothing, so the verdict is left alone. */
class BreakerCommandTest {
    @Test
    @Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
    void aShortRunPrintsRowsAndWritesJson(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("rows.json");

        ToolsRun run = ToolsRun.of("breaker", "--quick", "--only=^(release|fail-fast|jitter)$", "--json=" + json);

        assertThat(run.exit()).as("%s", run).isBetween(0, 1);
        assertThat(run.out())
                .contains("seconds  0 to  9: ", "5 rows, quick: ")
                .doesNotContain("NOT MEASURED")
                .containsPattern("fail-fast latency, pool empty, p99 +[0-9.]+ ms of 10000 calls")
                .containsPattern("waiting in the gate, served .* worst [0-9.]+ ms of 2");
        assertThat(Files.readString(json)).startsWith("{\"quick\": true").contains("\"perSecond\": [");
    }
}
