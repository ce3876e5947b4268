package dev.penstock.tools.tune.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No clock takes part: the times are computed. */
class PoissonArrivalsTest {
    private static final int MANY = 200_000;

    @Test
    void theyComeAtTheRateThatWasAskedFor() {
        PoissonArrivals arrivals = new PoissonArrivals(1_000, 2_000, new SplittableRandom(8));
        long last = 1_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < MANY; i++) {
            long next = arrivals.next();
            assertThat(next).isGreaterThanOrEqualTo(last);
            double gap = (next - last) / 1e9;
            sum += gap;
            squares += gap * gap;
            last = next;
        }
        double mean = sum / MANY;
        double deviation = Math.sqrt(squares / MANY - mean * mean);

        // the mean of 200,000 is known to 0.22 %: five of these
        assertThat(mean).isCloseTo(1 / 2_000.0, within(0.011 / 2_000));
        // as long as the mean: what makes it exponential, and random users, instead of a clock's
        assertThat(deviation).isCloseTo(mean, within(0.03 * mean));
    }

    @Test
    void theSameSeedGivesTheSameTimes() {
        PoissonArrivals one = new PoissonArrivals(0, 10, new SplittableRandom(1));
        PoissonArrivals other = new PoissonArrivals(0, 10, new SplittableRandom(1));
        for (int i = 0; i < 100; i++) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }
}
