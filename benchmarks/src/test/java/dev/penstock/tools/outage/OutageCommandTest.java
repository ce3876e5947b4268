package dev.penstock.tools.outage;

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

/** Short cells: that they run, end and are counted. How long anything took says nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class OutageCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "outage";
        all[1] = "--json=" + json();
        all[2] = "--markdown=" + directory.resolve("deep/outage.md");
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    private Path json() {
        return directory.resolve("outage.json");
    }

    @Test
    void aPoolThatComesBackIsCounted() throws IOException {
        int exit = run("--pools=hikari", "--faults=refused", "--outage=1s", "--watch=30s");

        assertThat(exit).as(out + "\n" + err).isZero();
        assertThat(err.toString()).startsWith("[1/1] refused, HikariCP ").contains("served again after ");
        assertThat(Files.readString(json())).contains("\"recovered\": true", "\"served\": 0,", "\"hung\": 0,");
        assertThat(directory.resolve("deep/outage.md")).content().contains("## refused", "| HikariCP ");
    }

    /** DBCP2's callers hang in it for good: the JVM of the cell has to end all the same. */
    @Test
    void aPoolThatIsWedgedEndsToo() throws IOException {
        int exit = run("--pools=dbcp2", "--faults=silent", "--outage=3s", "--watch=1s");

        assertThat(exit).as(out + "\n" + err).isZero();
        assertThat(err.toString())
                .contains("longest call > ", "served again never")
                .containsPattern("hung [1-9]");
        assertThat(Files.readString(json())).contains("\"recovered\": false", "\"longestStillRuns\": true");
    }
}
