package dev.penstock.tools.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakerReportTest {
    private static final Row KEPT = Row.of("restart", "0 of 9", "0", Verdict.KEPT)
            .with(List.of("away for 8 s"))
            .with(Map.of("failed", 0));
    private static final Row BROKEN = Row.of("opening", "3.10 s", "2 s", Verdict.BROKEN);
    private static final Row STATED = Row.of("by default", "21 s", "-", Verdict.STATED);

    @Test
    void whatIsOnlyStatedBreaksNothing() {
        BreakerReport report = new BreakerReport(false, List.of(KEPT, STATED));

        assertThat(report.kept()).isTrue();
        assertThat(report.lines())
                .anyMatch(line -> line.matches("restart +0 of 9 +0 +yes"))
                .anyMatch(line -> line.matches("by default +21 s +- +-"))
                .containsSequence("restart", "  away for 8 s")
                .endsWith("2 rows: all limits kept");
    }

    @Test
    void theLastLineNamesWhatIsBrokenAndSaysThatItWasTheShortForm() {
        BreakerReport report = new BreakerReport(true, List.of(KEPT, BROKEN));

        assertThat(report.kept()).isFalse();
        assertThat(report.lines()).last().isEqualTo("2 rows, quick: BROKEN: opening");
        assertThat(report.json())
                .startsWith("{\"quick\": true, \"kept\": false, \"rows\": [")
                .contains("\"figures\": {\"failed\": 0}", "\"verdict\": \"BROKEN\"");
    }

    @Test
    void whatCouldNotBeMeasuredIsBroken() throws InterruptedException {
        Measurement failing = new Measurement("opening", means -> {
            throw new IllegalStateException("no br\u00fccke\nsecond line");
        });

        Row row = failing.rows(NoServer.MEANS).get(0);

        assertThat(row.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(row.measured()).isEqualTo("NOT MEASURED");
        assertThat(row.remarks()).containsExactly("java.lang.IllegalStateException: no br?cke");
    }

    /** For what never looks at it. */
    private static final class NoServer {
        @SuppressWarnings("NullAway")
        private static final Means MEANS = new Means(null, Plan.QUICK, line -> {});
    }
}
