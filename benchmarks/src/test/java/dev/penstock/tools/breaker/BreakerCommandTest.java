package dev.penstock.tools.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it runs and prints. What it measures here says nothing, so the verdict is left alone. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class BreakerCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void aShortRunPrintsRowsAndWritesJson(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("rows.json");

        int exit = run("breaker", "--quick", "--only=^(release|fail-fast|jitter)$", "--json=" + json);

        assertThat(exit).as(out.toString()).isBetween(0, 1);
        assertThat(out.toString())
                .contains("seconds  0 to  9: ", "5 rows, quick: ")
                .doesNotContain("NOT MEASURED")
                .containsPattern("fail-fast latency, pool empty, p99 +[0-9.]+ ms of 10000 calls")
                .containsPattern("waiting in the gate, served .* worst [0-9.]+ ms of 2");
        assertThat(Files.readString(json)).startsWith("{\"quick\": true").contains("\"perSecond\": [");
    }

    @Test
    void itIsASubcommandWithAHelpOfItsOwn() {
        assertThat(run("breaker", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: penstock-tools breaker", "--quick", "--json", "Exit code 1");
    }
}
