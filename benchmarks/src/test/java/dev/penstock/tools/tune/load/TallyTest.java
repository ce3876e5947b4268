package dev.penstock.tools.tune.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.search.Effort;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Warm-up until 100 ms, counts until 300 ms. */
    private final Window window = Window.from(0, new Effort(Duration.ofMillis(100), Duration.ofMillis(200)));

    private final Tally tally = new Tally(window);

    @Test
    void onlyWhatEndsInTheWindowIsDone() {
        tally.ended(false, 50 * MILLI, 60 * MILLI, 99 * MILLI);
        tally.ended(true, 90 * MILLI, 95 * MILLI, 100 * MILLI);
        tally.failed("40001", 100 * MILLI);
        tally.ended(true, 299 * MILLI, 299 * MILLI, 300 * MILLI);
        tally.failed("40001", 300 * MILLI);

        assertThat(tally.done()).isEqualTo(1);
        assertThat(tally.failures()).containsExactly(Map.entry("40001", 1L));
        assertThat(tally.times().took().getTotalCount()).isEqualTo(2);
    }

    @Test
    void waitingIsSinceItWasDueAndServiceUntilItWasGivenBack() {
        tally.ended(true, 100 * MILLI, 130 * MILLI, 140 * MILLI);

        assertThat(micros(tally.times().waited().getMaxValue())).isEqualTo(30);
        assertThat(micros(tally.times().served().getMaxValue())).isEqualTo(10);
        assertThat(micros(tally.times().took().getMaxValue())).isEqualTo(40);
    }

    /** Histograms round up by 1 %. */
    private static long micros(long value) {
        return value / 1_000;
    }

    /** What makes an overloaded server show: nothing is left out because nobody came to it. */
    @Test
    void whatWasDueAndNeverBeganHasWaitedSoLong() {
        Stop stop = new Stop();
        Work work = new Work.Open(new PoissonArrivals(0, 1_000, new SplittableRandom(8)), window, Duration.ZERO, stop);

        work.untaken(tally, 1_000 * MILLI);

        // 200 ms at 1000 a second
        assertThat(tally.late()).isBetween(130L, 270L);
        assertThat(tally.times().took().getTotalCount()).isEqualTo(tally.late());
        assertThat(micros(tally.times().waited().getMinNonZeroValue())).isGreaterThanOrEqualTo(690);
        assertThat(tally.times().served().getTotalCount()).isZero();
        assertThat(tally.done()).isZero();
    }

    @Test
    void oneTakesOverFromAnother() {
        Tally other = new Tally(window);
        other.ended(true, 100 * MILLI, 130 * MILLI, 140 * MILLI);
        other.failed("57014", 140 * MILLI);
        tally.failed("57014", 141 * MILLI);
        tally.add(other);

        assertThat(tally.done()).isEqualTo(1);
        assertThat(tally.failed()).isEqualTo(2);
        assertThat(tally.times().took().getTotalCount()).isEqualTo(1);
    }
}
