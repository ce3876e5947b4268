package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The plans in docs/budget.md are files that the tools read, and what is shown there is what they print. */
class BudgetDocTest {
    private static final Path DOC = Path.of("..", "docs", "budget.md");
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern PLAN = Pattern.compile("`([a-z-]+\\.yaml)`:\\n\\n```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN =
            Pattern.compile("```\\n\\$ penstock-tools (budget [^\\n]*)\\n(.*?)```", Pattern.DOTALL);

    /** The shell's part of a command: the exit code is the last line. */
    private static final String AND_EXIT_CODE = "; echo $?";

    /** A line that stands for any number of them. */
    private static final String LEFT_OUT = "...";

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> commands() throws IOException {
        String doc = Files.readString(DOC);
        return SHOWN.matcher(doc)
                .results()
                .map(shown -> DynamicTest.dynamicTest(shown.group(1), () -> assertPrints(doc, shown)))
                .toList();
    }

    @Test
    void threeExamplesAtLeast() throws IOException {
        String doc = Files.readString(DOC);

        assertThat(PLAN.matcher(doc).results()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(SHOWN.matcher(doc).results()).hasSizeGreaterThan(3);
    }

    /** With the figures that it names. */
    @Test
    void theReadmeHasTheFirstPlan() throws IOException {
        String plan = PLAN.matcher(Files.readString(DOC))
                .results()
                .findFirst()
                .orElseThrow()
                .group(2);
        Path file = Files.writeString(folder.resolve("shop.yaml"), plan);
        ToolsRun check = ToolsRun.of("budget", "check", file.toString());
        ToolsRun size = ToolsRun.of("budget", "size", "--rate", "200", "--hold", "15ms", "--p99-wait", "20ms");

        assertThat(Files.readString(README)).contains("```yaml\n" + plan + "```");
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.out()).containsPattern("worst moment of a rollout +82 +97 .* TIGHT");
        assertThat(size.out()).startsWith("6 connections: ");
    }

    private void assertPrints(String doc, MatchResult shown) throws IOException {
        String command = shown.group(1);
        boolean withExitCode = command.endsWith(AND_EXIT_CODE);
        ToolsRun run = ToolsRun.of(arguments(doc, withExitCode ? command.replace(AND_EXIT_CODE, "") : command));
        String printed = run.out() + (withExitCode ? run.exit() + "\n" : "");

        assertThat(run.err()).isEmpty();
        assertThat(printed.replace(folder + "/", "")).matches(pattern(shown.group(2)));
    }

    /** Writes the plans that it names. */
    private String[] arguments(String doc, String command) throws IOException {
        for (MatchResult plan : PLAN.matcher(doc).results().toList()) {
            Files.writeString(folder.resolve(plan.group(1)), plan.group(2));
        }
        return Arrays.stream(command.split(" +"))
                .map(word -> word.endsWith(".yaml") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(shown.lines()
                .map(line -> line.strip().equals(LEFT_OUT) ? "(.*\\n)*" : Pattern.quote(line) + "\\s*\\n")
                .collect(Collectors.joining()));
    }
}
