package dev.penstock.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/logs.md} has every line of the log, and no other. */
class LogCatalogueTest {
    private static final List<String> MODULES = List.of("core", "hikari-integration", "spring-starter");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (INFO|WARN|ERROR) \\| `([^`]+)` \\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$");

    private record Line(String level, String logger, String text) {}

    @Test
    void everyLineIsInTheCatalogueAndNoOther() throws IOException {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(written());
    }

    @Test
    void everyRowOfTheTablesIsReadByThisTest() throws IOException {
        assertThat(doc().lines().filter(line -> line.startsWith("| ") && !line.startsWith("| level ")))
                .hasSameSizeAs(documented());
    }

    private static String doc() throws IOException {
        return Files.readString(Path.of("..", "docs", "logs.md"));
    }

    private static List<Line> documented() throws IOException {
        return ROW.matcher(doc())
                .results()
                .map(row -> new Line(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    private static List<Line> written() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    new LoggingSource(Files.readString(file))
                            .calls()
                            .forEach(call -> lines.add(new Line(call.level(), call.logger(), call.text())));
                }
            }
        }
        return lines;
    }

    // ---- the reading of sources -----------------------------------------------------------------

    @Test
    void aTextOfSeveralPartsIsRead() {
        assertThat(new LoggingSource("""
                        package a.b;
                        import c.D;
                        class X {
                            static final Logger LOG = LoggerFactory.getLogger(D.class);
                            void x() {
                                LOG.debug("not this");
                                LOG.warn(
                                        "one, {}"
                                                + " two (three)",
                                        4);
                                LOG.info("{}", five);
                            }
                        }
                        """).calls())
                .containsExactly(
                        new LoggingSource.Call("WARN", "c.D", "one, {} two (three)"),
                        new LoggingSource.Call("INFO", "c.D", "{}"));
    }

    @Test
    void aTextThatIsNoLiteralIsRefused() {
        LoggingSource source = new LoggingSource(
                "package a; class X { Logger LOG = LoggerFactory.getLogger(\"x\"); void x() { LOG.warn(TEXT, 1); } }");

        assertThat(catchThrowable(source::calls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LOG.warn(TEXT");
    }

    @Test
    void aLoggerOfAnotherNameIsRefused() {
        LoggingSource source =
                new LoggingSource("class X { static final Logger log = LoggerFactory.getLogger(X.class); }");

        assertThat(catchThrowable(source::calls)).hasMessageContaining("must be SLF4J's and be called LOG");
    }
}
