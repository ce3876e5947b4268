package dev.penstock.tools.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseResultTest {
    private static Repetitions millis(long... each) {
        return new Repetitions(
                Arrays.stream(each)
                        .mapToObj(millis -> new Attempt(millis * 1_000_000, 0, null))
                        .toList(),
                List.of());
    }

    private static CaseResult ratio(Repetitions measured, Repetitions baseline) {
        return CaseResult.ofRatio("second connect", new Pairs(measured, baseline), 1.3);
    }

    @Test
    void theRatioIsOfTheMedians() {
        CaseResult kept = ratio(millis(12, 13, 900), millis(10, 10, 10));

        assertThat(kept.kept()).isTrue();
        assertThat(kept.measured()).isEqualTo("1.30 x, 13.00 ms, 3 pairs");
        assertThat(kept.limit()).isEqualTo("1.3 x");
        assertThat(kept.today()).isEqualTo("direct: median 10.00 ms");
        assertThat(ratio(millis(14, 14, 1), millis(10, 10, 10)).kept()).isFalse();
    }

    @Test
    void aRatioOverConnectsThatFailedIsNone() {
        Repetitions failing = Repetitions.of(new Attempt(1, 0, new SQLException("no route to h\u00f6st\nsecond line")));

        CaseResult result = ratio(millis(10), failing);

        assertThat(result.kept()).isFalse();
        assertThat(result.measured()).isEqualTo("not all connected");
        assertThat(result.remarks())
                .singleElement()
                .asString()
                .isEqualTo("FAILED: second connect (direct): failed after 0.00 s; stall 0 ms;"
                        + " java.sql.SQLException: no route to h?st");
        assertThat(ratio(failing, millis(10)).kept()).isFalse();
    }

    @Test
    void timesShowMedianAndWorstAndOneAttemptJustItself() {
        Duration limit = Duration.ofSeconds(4);

        assertThat(CaseResult.ofTimes("c", millis(3000, 3100, 3900), limit).measured())
                .isEqualTo("median 3.10 s, worst 3.90 s");
        assertThat(CaseResult.ofTimes("c", millis(3000), limit).measured()).isEqualTo("3.00 s");
        assertThat(CaseResult.ofTimes("c", millis(3000, 4001), limit).kept()).isFalse();
    }

    @Test
    void theReportNamesWhatIsBrokenOnItsLastLine() {
        CaseResult kept = CaseResult.ofTimes("first", millis(1000), Duration.ofMillis(1500));
        CaseResult broken = CaseResult.ofTimes("silent", millis(4500), Duration.ofSeconds(4))
                .withToday("no answer within 5 s");

        AddressReport report = new AddressReport(List.of(kept, broken));

        assertThat(report.kept()).isFalse();
        assertThat(report.lines())
                .anyMatch(line -> line.matches("first +1\\.00 s +1\\.5 s +yes +-"))
                .anyMatch(line -> line.matches("silent +4\\.50 s +4\\.0 s +NO +no answer within 5 s"));
        assertThat(report.lines()).last().isEqualTo("2 cases: BROKEN: silent");
        assertThat(new AddressReport(List.of(kept)).lines()).last().isEqualTo("1 cases: all limits kept");
    }
}
