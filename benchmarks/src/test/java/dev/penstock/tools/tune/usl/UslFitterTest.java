package dev.penstock.tools.tune.usl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.lab.stats.Interval;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UslFitterTest {
    private static final Usl LAW = new Usl(100, 0.1, 0.002);

    @Test
    void twoSizesAreTooFew() {
        assertThatThrownBy(() -> UslFitter.fit(List.of(Point.of(1, 10), Point.of(2, 19), Point.of(2, 20))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the Universal Scalability Law takes measurements of at least 3 sizes, but there were 2");
    }

    @Test
    void refusesWhatIsNoMeasurement() {
        assertThatThrownBy(() -> Point.of(0, 10)).hasMessage("connections must be finite and at least 1, but was 0.0");
        assertThatThrownBy(() -> Point.of(1, 0)).hasMessage("throughput must be finite and above 0, but was 0.0");
        assertThatThrownBy(() -> Point.of(1, Double.NaN)).hasMessageContaining("but was NaN");
        assertThatThrownBy(() -> new Point(1, 10, Double.POSITIVE_INFINITY)).hasMessageContaining("weight");
    }

    /** What falls by more than the law can: all of it would be coherency, and nothing one connection's work. */
    @Test
    void withoutOneConnectionTheLawIsStillOne() {
        Usl law = UslFitter.fit(List.of(Point.of(10, 100), Point.of(20, 20), Point.of(40, 2)))
                .law();

        assertThat(law.lambda()).isPositive().isFinite();
        assertThat(law.kappa()).isNotNegative().isFinite();
    }

    @Test
    void aPointOfLittleWeightCountsForLittle() {
        List<Point> points = IntStream.of(1, 2, 4, 8, 16, 32)
                .mapToObj(size -> size == 8
                        ? new Point(size, LAW.throughput(size) / 2, 1e-9)
                        : Point.of(size, LAW.throughput(size)))
                .toList();

        assertThat(UslFitter.fit(points).law().sigma()).isCloseTo(LAW.sigma(), within(1e-6));
    }

    /** Seeded, hence the same every time: of 200 intervals about 95 % must hold the truth. */
    @Test
    void boundsHoldTheTruthAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(5);
        List<UslFit.Bounds> bounds = IntStream.range(0, 200)
                .mapToObj(i -> UslFitter.fit(noisy(random), random).bounds())
                .toList();

        assertThat(bounds.stream().filter(b -> holds(b.lambda(), LAW.lambda()))).hasSizeBetween(180, 198);
        assertThat(bounds.stream().filter(b -> holds(b.sigma(), LAW.sigma()))).hasSizeBetween(180, 198);
        assertThat(bounds.stream().filter(b -> holds(b.kappa(), LAW.kappa()))).hasSizeBetween(180, 198);
    }

    @Test
    void noBoundsUnlessAskedFor() {
        assertThat(UslFitter.fit(noisy(new SplittableRandom(1))).bounds()).isNull();
    }

    private static boolean holds(Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    private static List<Point> noisy(SplittableRandom random) {
        return IntStream.of(1, 2, 4, 8, 12, 16, 24, 32, 48, 64)
                .mapToObj(size -> Point.of(size, LAW.throughput(size) * Math.exp(0.02 * random.nextGaussian())))
                .toList();
    }
}
