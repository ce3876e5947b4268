package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.tools.tune.search.Times;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {
    @Test
    void theNarrowerTheRangeTheFiner() {
        assertThat(LatencyBuckets.between(1_200, 9_000).edges())
                .containsExactly(1_000.0, 1_500.0, 2_000.0, 3_000.0, 5_000.0, 7_000.0, 10_000.0);
        assertThat(LatencyBuckets.between(80, 300_000).edges())
                .containsExactly(50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5);
        assertThat(LatencyBuckets.between(0, 1e10).edges()).hasSizeLessThan(25);
    }

    @Test
    void sharesAddUpToOne() {
        Histogram times = Times.histogram();
        times.recordValueWithCount(1_200, 30);
        times.recordValueWithCount(2_500, 60);
        times.recordValueWithCount(9_000, 10);
        double[] shares = LatencyBuckets.between(1_200, 9_000).shares(times);

        assertThat(shares).containsExactly(0.3, 0, 0.6, 0, 0, 0.1);
        assertThat(Arrays.stream(shares).sum()).isEqualTo(1, within(1e-9));
    }

    @Test
    void nothingHasNoShares() {
        assertThat(LatencyBuckets.between(1, 1).shares(Times.histogram())).containsOnly(0);
    }

    /** A histogram knows a value to a hundredth only; it may even be above the highest. */
    @Test
    void allThatWasRecordedIsInABucket() {
        Histogram times = Times.histogram();
        for (long micros = 0; micros < 100_000; micros = micros * 5 / 4 + 1) {
            times.recordValue(micros);
        }
        LatencyBuckets buckets = LatencyBuckets.between((double) times.getMinValue(), (double) times.getMaxValue());

        assertThat(Arrays.stream(buckets.shares(times)).sum()).isEqualTo(1, within(1e-9));
    }
}
