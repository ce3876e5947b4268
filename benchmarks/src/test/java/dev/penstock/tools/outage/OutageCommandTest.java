package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short cells: that they run, end and are counted. How long anything took says nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class OutageCommandTest {
    @TempDir
    private Path directory;

    private ToolsRun run(String pools, String faults, String outage, String watch) {
        String markdown = "--markdown=" + directory.resolve("deep/outage.md");
        return ToolsRun.of("outage", "--json=" + json(), markdown, pools, faults, outage, watch);
    }

    private Path json() {
        return directory.resolve("outage.json");
    }

    @Test
    void aPoolThatComesBackIsCounted() throws IOException {
        ToolsRun run = run("--pools=hikari", "--faults=refused", "--outage=1s", "--watch=30s");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.err()).startsWith("[1/1] refused, HikariCP ").contains("served again after ");
        assertThat(Files.readString(json()))
                .contains("\"recovered\": true", "\"hung\": 0,")
                // each of the 20 may be on its way out with its last answer when the outage begins
                .containsPattern("\"served\": 1?\\d,");
        assertThat(directory.resolve("deep/outage.md")).content().contains("## refused", "| HikariCP ");
    }

    /** DBCP2's callers hang in it for good: the JVM of the cell has to end all the same. */
    @Test
    void aPoolThatIsWedgedEndsToo() throws IOException {
        ToolsRun run = run("--pools=dbcp2", "--faults=silent", "--outage=3s", "--watch=1s");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.err()).contains("longest call > ", "served again never").containsPattern("hung [1-9]");
        assertThat(Files.readString(json())).contains("\"recovered\": false", "\"longestStillRuns\": true");
    }
}
