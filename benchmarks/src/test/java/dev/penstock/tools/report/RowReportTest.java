package dev.penstock.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowReportTest {
    private static final Row KEPT = Row.of("restart", "0 of 9", "0", RowVerdict.KEPT)
            .with(List.of("away for 8 s"))
            .with(Map.of("failed", 0));
    private static final Row BROKEN = Row.of("opening", "3.10 s", "2 s", RowVerdict.BROKEN);
    private static final Row STATED = Row.of("by default", "21 s", "-", RowVerdict.STATED);

    @Test
    void whatIsOnlyStatedBreaksNothing() {
        RowReport report = new RowReport(false, List.of(KEPT, STATED));

        assertThat(report.kept()).isTrue();
        assertThat(report.lines())
                .anyMatch(line -> line.matches("restart +0 of 9 +0 +yes"))
                .anyMatch(line -> line.matches("by default +21 s +- +-"))
                .containsSequence("restart", "  away for 8 s")
                .endsWith("2 rows: all limits kept");
    }

    @Test
    void theLastLineNamesWhatIsBrokenAndSaysThatItWasTheShortForm() {
        RowReport report = new RowReport(true, List.of(KEPT, BROKEN));

        assertThat(report.kept()).isFalse();
        assertThat(report.lines()).last().isEqualTo("2 rows, quick: BROKEN: opening");
        assertThat(report.json())
                .startsWith("{\"quick\": true, \"kept\": false, \"rows\": [")
                .contains("\"figures\": {\"failed\": 0}", "\"verdict\": \"BROKEN\"");
    }

    @Test
    void whatCouldNotBeMeasuredIsBroken() {
        Row row = Row.notMeasured("opening", new IllegalStateException("no br\u00fccke\nsecond line"));

        assertThat(row.verdict()).isEqualTo(RowVerdict.BROKEN);
        assertThat(row.measured()).isEqualTo("NOT MEASURED");
        assertThat(row.remarks()).containsExactly("java.lang.IllegalStateException: no br?cke");
    }
}
