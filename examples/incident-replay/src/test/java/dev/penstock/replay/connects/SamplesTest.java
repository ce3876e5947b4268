package dev.penstock.replay.connects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static Sample good(Step step, long millis) {
        return new Sample(step, Duration.ofMillis(millis), null);
    }

    private static Sample bad(Step step, long millis, String told) {
        return new Sample(step, Duration.ofMillis(millis), told);
    }

    @Test
    void aSampleSurvivesItsLine() {
        Sample sample = good(Step.DIRECT, 12);
        Sample failure = bad(Step.PLAIN_FIRST, 10_020, "The connection attempt failed. (Connect timed out)");

        assertThat(Sample.parse(sample.toLine())).contains(sample);
        assertThat(Sample.parse(failure.toLine())).contains(failure);
    }

    @Test
    void otherLinesAreNoSamples() {
        assertThat(Sample.parse("Exception in thread main")).isEmpty();
        assertThat(Sample.parse("")).isEmpty();
    }

    @Test
    void theMedianForgetsOutliers() {
        Samples samples = new Samples(
                List.of(good(Step.DIRECT, 900), good(Step.DIRECT, 7), good(Step.DIRECT, 8), good(Step.WARM, 0)));

        assertThat(samples.median(Step.DIRECT)).contains(Duration.ofMillis(8));
        assertThat(samples.median(Step.PENSTOCK_AGAIN)).isEmpty();
    }

    @Test
    void theFactorOfARoundIsTheMedianOverItsPairs() {
        Samples samples = new Samples(List.of(
                good(Step.DIRECT, 10),
                good(Step.PENSTOCK_AGAIN, 11),
                good(Step.PENSTOCK_AGAIN, 120),
                good(Step.DIRECT, 100),
                good(Step.DIRECT, 10),
                good(Step.PENSTOCK_AGAIN, 90)));

        assertThat(samples.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 1)).containsExactly(1.2);
        assertThat(samples.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 3)).containsExactly(1.1, 1.2, 9.0);
        assertThat(samples.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 4)).isEmpty();
    }

    @Test
    void thereIsNoFactorWhenAConnectFailed() {
        Samples failed = new Samples(List.of(
                good(Step.DIRECT, 10), good(Step.PENSTOCK_AGAIN, 11),
                good(Step.DIRECT, 10), bad(Step.PENSTOCK_AGAIN, 1, "refused")));
        Samples unpaired = new Samples(List.of(good(Step.DIRECT, 10)));

        assertThat(failed.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 1)).isEmpty();
        assertThat(unpaired.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 1)).isEmpty();
        assertThat(failed.typical(Step.PENSTOCK_AGAIN)).isEqualTo("FAILED after 1.0 ms");
        assertThat(unpaired.typical(Step.PENSTOCK_AGAIN)).isEqualTo("not measured");
    }
}
