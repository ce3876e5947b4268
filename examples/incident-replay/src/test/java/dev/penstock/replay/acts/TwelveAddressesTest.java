package dev.penstock.replay.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.replay.connects.Sample;
import dev.penstock.replay.connects.Samples;
import dev.penstock.replay.connects.Step;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TwelveAddressesTest {
    private final List<Sample> samples = new ArrayList<>();

    private TwelveAddressesTest took(Step step, long millis) {
        samples.add(new Sample(step, Duration.ofMillis(millis), null));
        return this;
    }

    private TwelveAddressesTest failed(Step step, long millis) {
        samples.add(new Sample(step, Duration.ofMillis(millis), "Connect timed out"));
        return this;
    }

    private TwelveAddressesTest pairs(long direct, long... penstock) {
        LongStream.of(penstock).forEach(millis -> took(Step.DIRECT, direct).took(Step.PENSTOCK_AGAIN, millis));
        return this;
    }

    private ActReport report() {
        failed(Step.PLAIN_FIRST, 10_020).failed(Step.PLAIN_SECOND, 10_010);
        return TwelveAddresses.describe(new Samples(samples));
    }

    @Test
    void quickConnectsKeepBothPromises() {
        took(Step.PENSTOCK_FIRST, 1_280).pairs(10, 19, 13, 10, 13, 15);
        ActReport report = report();

        assertThat(report.promises()).extracting(Promise::kept).containsExactly(true, true);
        assertThat(report.promises()).extracting(Promise::measured).containsExactly("1.28 s", "1.30 x");
        assertThat(report.lines())
                .anyMatch(line -> line.matches("first connect +FAILED after 10\\.02 s +1\\.28 s"))
                .anyMatch(line -> line.endsWith("only: Connect timed out"));
    }

    @Test
    void aFirstConnectThatIsLateBreaksItsPromise() {
        took(Step.PENSTOCK_FIRST, 1_501).pairs(10, 10, 10, 10, 10, 10);

        assertThat(report().promises()).extracting(Promise::kept).containsExactly(false, true);
    }

    @Test
    void theMedianDecidesAndQuickRoundsDoNotSaveIt() {
        took(Step.PENSTOCK_FIRST, 1_280).pairs(10, 10, 14, 14, 20, 10);
        ActReport report = report();

        assertThat(report.promises()).extracting(Promise::kept).containsExactly(true, false);
        assertThat(report.promises().get(1).measured()).isEqualTo("1.40 x");
        assertThat(report.lines()).anyMatch(line -> line.contains("it went from 1.00 x to 2.00 x"));
    }

    @Test
    void aFactorBeyondItsLimitIsMeasuredAgainAndTheBestSetCounts() {
        took(Step.PENSTOCK_FIRST, 1_280);
        pairs(10, 14, 14, 14, 14, 14).took(Step.PAIRS_DONE, 0);
        pairs(10, 12, 12, 12, 12, 13).took(Step.PAIRS_DONE, 0);
        ActReport report = report();

        assertThat(report.promises().get(1).measured()).isEqualTo("1.20 x");
        assertThat(report.lines())
                .anyMatch(line -> line.contains("the best of 2 sets of pairs (1.40 x, 1.20 x)")
                        && line.contains("it went from 1.20 x to 1.30 x"));
    }

    @Test
    void aFailureInOneSetIsNotMadeGoodByAnother() {
        took(Step.PENSTOCK_FIRST, 1_280).pairs(10, 10, 10, 10, 10, 10).took(Step.PAIRS_DONE, 0);
        took(Step.DIRECT, 10).failed(Step.PENSTOCK_AGAIN, 30_000);

        assertThat(report().promises()).extracting(Promise::kept).containsExactly(true, false);
    }

    @Test
    void oneFailedConnectBreaksThePromiseHoweverQuickTheOthersWere() {
        took(Step.PENSTOCK_FIRST, 1_280).failed(Step.PENSTOCK_FIRST, 30_000);
        took(Step.DIRECT, 10).took(Step.PENSTOCK_AGAIN, 10);
        took(Step.DIRECT, 10).failed(Step.PENSTOCK_AGAIN, 30_000);
        ActReport report = report();

        assertThat(report.promises()).extracting(Promise::kept).containsExactly(false, false);
        assertThat(report.promises()).extracting(Promise::measured).containsOnly("FAILED after 30 s");
        assertThat(report.lines()).contains("Penstock failed: Connect timed out");
    }

    @Test
    void withoutADirectConnectThereIsNothingToCompareWith() {
        took(Step.PENSTOCK_FIRST, 1_280).failed(Step.DIRECT, 5);

        assertThatThrownBy(this::report)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No direct connect succeeded: Connect timed out");
    }
}
