package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/tuning.md shows is what is printed. */
class TuningDocTest {
    private static final Path DOC = Path.of("..", "docs", "tuning.md");

    static Stream<TuneReport> examples() {
        return Stream.of(Samples.found(), Samples.notTheBottleneck());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreWhatIsPrinted(TuneReport report) throws IOException {
        String printed = String.join("\n", TuneReports.lines(report));

        assertThat(Files.readString(DOC)).contains("```\n" + printed + "\n```");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void everyVerdictIsExplained(Verdict verdict) throws IOException {
        assertThat(Files.readString(DOC)).contains("| `" + verdict + "` |");
    }

    /** Sentences may wrap, tables may not. */
    @Test
    void tablesOfTheExamplesFitAWideTerminal() {
        assertThat(examples())
                .allSatisfy(
                        report -> assertThat(TuneReports.lines(report).stream().filter(line -> !line.startsWith("- ")))
                                .allSatisfy(line -> assertThat(line).hasSizeLessThan(150)));
    }
}
