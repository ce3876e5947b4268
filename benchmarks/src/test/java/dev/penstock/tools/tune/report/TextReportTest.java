package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Recommendation;
import dev.penstock.tools.tune.search.Recommendation.Verdict;
import dev.penstock.tools.tune.search.Times;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextReportTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aSizeIsToldByTheMedianOfItsMeasurementsAndMarked() {
        List<String> lines = lines(of(Verdict.FOUND, 4, run(4, 100, 1), run(4, 900, 0), run(4, 300, 0), run(2, 50, 0)));

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .matches(" +4 +3 +300 .* 25 % +1  <- recommended, best throughput, misses the target"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches(" +2 +1 +50\\.0 .* 0  <- misses the target"));
    }

    @Test
    void timesAreInMillisecondsByPart() {
        assertThat(lines(of(Verdict.FOUND, 4, run(4, 300, 0))))
                .anySatisfy(line -> assertThat(line)
                        .matches(" +4 +1 +300( +1\\.00){3}( +20\\.\\d){3}( +21\\.\\d){3} +25 % +0  <- .*"));
    }

    @Test
    void whatNobodyKnowsIsADash() {
        Times none = new Times(Times.histogram(), Times.histogram(), Times.histogram());

        assertThat(lines(of(Verdict.UNDECIDED, null, new Measured(3, SECOND, 0, 0, none, null))))
                .anySatisfy(line -> assertThat(line).matches(" +3 +1 +0( +-){10} +0"));
    }

    @Test
    void theAnswerComesLastWithItsReasons() {
        List<String> lines = lines(of(Verdict.FOUND, 4, run(4, 300, 0)));

        assertThat(lines)
                .endsWith(
                        "Recommended pool size: 4.",
                        "It is the smallest size that comes within 5 % of the best throughput with a p99 of at most 20 ms.",
                        "With 95 % confidence that size is between 3 and 6.",
                        "- Because.");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void everyVerdictIsASentenceWithAndWithoutASize(Verdict verdict) {
        for (Integer size : new Integer[] {null, 7}) {
            assertThat(new Verdicts(of(verdict, size).findings()).title()).isNotBlank();
            assertThat(lines(of(verdict, size))).last().isEqualTo("- Because.");
        }
    }

    @Test
    void whyItEndedEarlyIsTold() {
        Findings f = of(Verdict.CAPPED, 4, run(4, 300, 0)).findings();
        Findings stopped =
                new Findings(f.goal(), f.measured(), null, f.recommendation(), "the server has no room left", f.cost());

        assertThat(lines(new TuneReport(Samples.surroundings("read"), stopped)))
                .contains("The search ended before it was through: the server has no room left.");
    }

    @Test
    void whatAServerSaysDoesNotSteerTheTerminal() {
        List<String> lines = TuneReports.lines(Samples.saying("a\u001b[2Jb\r\nc\u202ed\u0085e\u009b"));

        assertThat(String.join("", lines)).contains("a?[2Jb??c?d?e?").doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
    }

    private static List<String> lines(TuneReport report) {
        return TuneReports.lines(report);
    }

    private static TuneReport of(Verdict verdict, @Nullable Integer size, Measured... measured) {
        return Samples.report(
                Samples.surroundings("read"),
                new Goal(1, 64, 0.05, Duration.ofMillis(20)),
                List.of(measured),
                null,
                new Recommendation(verdict, size, 3, 6, List.of("because")));
    }

    /** 1 ms of waiting, 20 ms of service. */
    private static Measured run(int size, long good, long failed) {
        Times times = new Times(Times.histogram(), Times.histogram(), Times.histogram());
        times.waited().recordValue(1_000);
        times.served().recordValue(20_000);
        times.took().recordValue(21_000);
        return new Measured(size, SECOND, good + failed, failed, times, 0.25);
    }
}
