package dev.penstock.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final Captured captured = new Captured();
    private final Screen screen = captured.screen();

    @Test
    void longLinesGoOnBelowWithTheSameIndentation() {
        screen.line("  " + "word ".repeat(60).strip());

        assertThat(captured.lines()).hasSize(4).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(Screen.WIDTH);
            assertThat(line).startsWith("  word").endsWith("word");
        });
    }

    @Test
    void aLineThatJustFitsStaysWhole() {
        screen.line("x".repeat(Screen.WIDTH));

        assertThat(captured.lines()).containsExactly("x".repeat(Screen.WIDTH));
    }

    @Test
    void aWordThatIsTooLongIsSplit() {
        screen.line("  " + "x".repeat(150));

        assertThat(captured.lines()).containsExactly("  " + "x".repeat(98), "  " + "x".repeat(52));
    }

    @Test
    void onlyAsciiAndNoLineBreaksFromMessages() {
        screen.line("Verbindungsaufbau fehlgeschlagen: \u00fcberlastet\n  zwei");

        assertThat(captured.lines()).containsExactly("Verbindungsaufbau fehlgeschlagen: ?berlastet zwei");
    }

    @Test
    void nothingComesAfterTheLastWords() {
        screen.line("first");
        screen.lastWords("last");
        screen.line("too late");

        assertThat(captured.lines()).containsExactly("first", "last");
    }

    @Test
    void reportsFitAndEndWithTheBrokenPromise() {
        Verdict verdict = new Verdict(List.of(
                Promise.broken("a promise with a very long name ".repeat(4), "never", "1 s"),
                Promise.atMost("b", 1.0, 1.3)));
        Report report = new Report(screen);
        report.act(1, "Title", new ActReport(List.of("text ".repeat(50), "", "short"), verdict.promises()));
        report.end(verdict);

        assertThat(captured.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Screen.WIDTH));
        assertThat(captured.lines()).contains("ACT 1   Title", "  short");
        assertThat(captured.lines().get(captured.lines().size() - 1)).startsWith("BROKEN: a promise with");
    }

    @Test
    void tablesForAReadmeStayWhole() {
        String row = "| " + "x".repeat(200) + " |";
        new Report(screen).section("PROMISES", List.of(row));

        assertThat(captured.lines()).contains(row);
    }
}
