package dev.penstock.tools.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A miniature of the matrix. The limit is generous: what is tested here is the outcome, not the machine. */
class DeadlinesCommandTest {
    private static final String LIMIT = "--limit=10s";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    private int run(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "deadlines";
        arguments[1] = "--quick";
        arguments[2] = LIMIT;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void threeCasesOfTheMatrixEndAsTheyMust() throws Exception {
        Path json = folder.resolve("matrix.json");

        int exit = run("--only", "^(healthy, TLS|silent|refuse)$", "--json", json.toString());

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString().lines().toList())
                .anyMatch(line -> line.matches("healthy, TLS +2 +CONNECTED .* ok"))
                .anyMatch(line -> line.matches("silent +2 +TIMED_OUT +startup .* ok"))
                .anyMatch(line -> line.matches("refuse +2 +UNREACHABLE +TCP .* ok"));
        assertThat(out.toString().lines()).last().asString().startsWith("3 cases, deadline 500 ms: all as promised");
        assertThat(Files.readString(json)).contains("\"kept\": true", "\"name\": \"silent\"");
    }

    @Test
    void aPatternWithoutAMatchIsRefused() {
        assertThat(run("--only", "no such case")).isEqualTo(2);
        assertThat(out.toString()).contains("--only must match the name of a case, but was no such case");
    }
}
