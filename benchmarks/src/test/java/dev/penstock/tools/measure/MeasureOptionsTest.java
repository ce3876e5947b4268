package dev.penstock.tools.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that measure have in common. */
class MeasureOptionsTest {
    @ParameterizedTest
    @CsvSource({"breaker, --json", "leaks, --minutes", "timeouts, --binaries"})
    void eachIsASubcommandWithAHelpOfItsOwn(String command, String option) {
        ToolsRun run = ToolsRun.of(command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("Usage: penstock-tools " + command, "--quick", "--only", "--json", option, "Exit code 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"breaker", "leaks", "timeouts"})
    void theHelpNamesAllMeasurements(String command) {
        String help = ToolsRun.of(command, "--help").out().replaceAll("\\s", ""); // a name may be wrapped

        assertThat(namesIn(ToolsRun.of(command, "--only=nothing").err()))
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(help).containsPattern("[:,]" + name + "[,.]"));
    }

    private static List<String> namesIn(String refusal) {
        Matcher matcher = Pattern.compile("--only must match the name of a measurement \\((.*)\\), but was nothing")
                .matcher(refusal);
        assertThat(matcher.find()).as(refusal).isTrue();
        return List.of(matcher.group(1).split(", "));
    }
}
