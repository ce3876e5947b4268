package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsReaderTest {
    private static final String WRITTEN = ResultsWriter.markdown(Reports.of(
            SuiteEffort.FULL,
            Reports.bare("HikariCP"),
            Reports.row(
                    "Penstock",
                    new Interval(1.12, 1.158, 1.19),
                    new Figure.Kept("upper 95 % bound at most 45 ns", true))));

    @Test
    void theTableIsForPeopleToo() {
        assertThat(WRITTEN)
                .contains(
                        "| mode | full |",
                        "| machine | 2 processors \\| fast |",
                        "## borrow",
                        "| HikariCP | - | - | - | - | 216 ns | 56 | 12 | - |",
                        "| Penstock | 1.158 | 1.12 to 1.19 | 36 ns | -4.2 to 40.4 | 250.1 ns | 104 | 12"
                                + " | upper 95 % bound at most 45 ns: kept |");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            250.1 ns ; soon        ; value must be as bench writes it, but was 'soon'
            1.158    ; 1,158       ; ratio must be as bench writes it, but was '1,158'
            1.12 to  ; 1.12 up to  ; 95 % of ratio must be as bench writes it, but was '1.12 up to 1.19'
            36 ns    ; 36 us       ; above must be as bench writes it, but was '36 us'
            : kept   ; : maybe     ; promise must end with 'kept' or 'BROKEN'
            | 104    ; | 104 | 7   ; must have 9 cells
            | 104    ; | x         ; B must be as bench writes it, but was 'x'
            | 1.158  ; | -         ; ratio must be as bench writes it, but was '-'
            | 1.158  ; | 0         ; a ratio must be above 0, but was Penstock, Interval[low=1.12, estimate=0.0,
            | 1.158  ; | -1.158    ; a ratio must be above 0, but was Penstock, Interval[low=1.12, estimate=-1.158,
            | 1.158  ; | 1.1       ; a ratio must be within its interval, but was Penstock, Interval[low=1.12
            to 1.19  ; to 1.15     ; a ratio must be within its interval, but was Penstock, Interval[low=1.12
            -4.2 to  ; 37 to       ; a difference must be within its interval, but was Penstock, Interval[low=37.0
            """)
    void aRowThatWasEditedIsRefusedByItsLine(String written, String edited, String rule) {
        assertThat(WRITTEN).contains(written);

        assertThatThrownBy(() -> ResultsReader.read(WRITTEN.replace(written, edited)))
                .isInstanceOf(BadResultsException.class)
                .hasMessageStartingWith("line 20: ")
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "# Something else\n", "# What Penstock costs\n", "# What Penstock costs\n\nbut\n"})
    void anotherFileIsRefused(String text) {
        assertThatThrownBy(() -> ResultsReader.read(text)).isInstanceOf(BadResultsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"## borrow", "| mode | full |", "| what | is |", "## When and where"})
    void nothingMayBeMissing(String line) {
        assertThat(WRITTEN).contains(line + "\n");

        assertThatThrownBy(() -> ResultsReader.read(WRITTEN.replace(line + "\n", "")))
                .isInstanceOf(BadResultsException.class);
    }

    @Test
    void aGroupIsThereOnce() {
        assertThatThrownBy(() -> ResultsReader.read(WRITTEN + "\n" + WRITTEN.substring(WRITTEN.indexOf("## borrow"))))
                .isInstanceOf(BadResultsException.class)
                .hasMessage("line 22: the line must be the only heading of its group, but was '## borrow'");
    }

    @Test
    void andARowOfIt() {
        assertThatThrownBy(() -> ResultsReader.read(WRITTEN + WRITTEN.substring(WRITTEN.indexOf("| HikariCP |"))))
                .isInstanceOf(BadResultsException.class)
                .hasMessage("line 21: the line must be the only row of its name, but was 'HikariCP'");
    }

    @Test
    void aModeThatThereIsNotIsRefusedByName() {
        assertThatThrownBy(() -> ResultsReader.read(WRITTEN.replace("| mode | full |", "| mode | FULL |")))
                .hasMessageEndingWith("mode must be full or quick, but was FULL");
    }

    @Test
    void aTableWithoutRowsIsRefusedBecauseNothingWouldBeCompared() {
        String beforeTheRows = WRITTEN.substring(0, WRITTEN.indexOf("| HikariCP |"));

        assertThatThrownBy(() -> ResultsReader.read(beforeTheRows)).hasMessageContaining("must be followed by a row");
    }

    @Test
    void aFileThatEndsEarlyIsRefused() {
        String beforeTheGroup = WRITTEN.substring(0, WRITTEN.indexOf("## borrow"));

        assertThatThrownBy(() -> ResultsReader.read(beforeTheGroup)).hasMessageContaining("must be a group");
    }
}
