package dev.penstock.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before a server is asked, and that nobody listens at the URL. */
class TuneCommandTest {
    private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/shop";

    @TempDir
    private Path folder;

    private static ToolsRun tune(String... options) {
        List<String> arguments = new ArrayList<>(List.of("tune", "--url", NOBODY));
        arguments.addAll(List.of(options));
        return ToolsRun.of(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --sizes 8                          | --sizes             | must be two sizes from 1 to 1000 | '8'
            --sizes 0-8                        | --sizes             | must be two sizes from 1 to 1000 | '0-8'
            --sizes 9-8                        | --sizes             | the smaller first                | '9-8'
            --within 5                         | --within            | must be a number with %          | '5'
            --within 60%                       | --within            | must be between 0.1% and 50%     | 60.0%
            --target-p99 20                    | --target-p99        | must be a number with ms, s or m | '20'
            --target-p99 0ms                   | --target-p99        | must be between 1ms and          | 0ms
            --measure 50ms                     | --measure           | must be between 100ms and        | 50ms
            --max-time 14s                     | --max-time          | must be between 15000ms (5 times --warm-up and --measure) | 14000ms
            --measure 1m --max-time 5m         | --max-time          | must be between 305000ms         | 300000ms
            --reserve -1                       | --reserve           | must be between 0 and 1000       | -1
            --callers 0                        | --callers           | must be between 1 and 1000       | 0
            --rate 0                           | --rate              | must be between 0.1 and 100000   | 0.0
            --rate 5d                          | --rate              | must be a number such as         | '5d'
            --rate 5 --callers 5               | --callers           | must not go with --rate          | both
            --rate 5                           | --rate              | must go with --target-p99         | without it
            --mix none                         | --mix               | expected one of [READ, WRITE     | none
            --mix write                        | --mix               | must go with --allow-writes      | write without it
            --mix read --sql x                 | --mix               | must not go with --sql           | both
            --sql /nowhere/at/all              | --sql               | must be a file that can be read  | /nowhere/at/all
            --statement-timeout 1h             | --statement-timeout | must be a number with ms, s or m | '1h'
            --json /dev/null/x                 | --json              | must be a file that can be written | /dev/null/x
            --html /                           | --html              | must be a file that can be written | /
            --json a --html a                  | --html              | must be another file             | a
            --json a --html ./b/../a           | --html              | must be another file             | ./b/../a
            """)
    void badInputIsRefusedByNameRuleAndValue(String options, String option, String rule, String value) {
        ToolsRun run = tune(options.split(" ", -1));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(option, rule, value);
    }

    @Test
    void oneServerIsMeasuredNotSeveral() {
        ToolsRun run = ToolsRun.of("tune", "--url=jdbc:postgresql://primary,standby:5/shop", "--user=tuner");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--url must name one server, but was primary,standby");
    }

    @Test
    void virtualThreadsTakeAJdkThatHasThem() {
        ToolsRun run = tune("--virtual-threads");

        int java = Runtime.version().feature();
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        java < 21
                                ? "--virtual-threads must go with JDK 21 or later, but was JDK " + java
                                : NOBODY.substring(18, 29));
    }

    @Test
    void aFileWithAnErrorIsRefusedWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("shop.sql"), "select 1;\nselect :int(1);\n");

        ToolsRun run = tune("--sql", file.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("shop.sql:2: a parameter must have two whole numbers");
    }

    @Test
    void whatCouldBeWrittenIsNotThereAfterwards() {
        Path json = folder.resolve("deep/tune.json");

        ToolsRun run = tune("--json", json.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(json).doesNotExist();
    }

    @Test
    void aServerThatIsNotThereIsBadInput() {
        ToolsRun run = tune();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--url cannot be used", "127.0.0.1:1", "SQLState 08001");
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotShown() {
        ToolsRun run = ToolsRun.of("tune", "--url", NOBODY + "?password=hunter2");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--url must not have a password").doesNotContain("hunter2");
    }

    @Test
    void anUnknownOptionsValueIsNotShown() {
        ToolsRun run = tune("--password=hunter2");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("unknown: --password").doesNotContain("hunter2");
    }
}
