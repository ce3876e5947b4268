package dev.penstock.lab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void intervalOfKnownRatios() {
        // logarithms 0, ln 2, 2 ln 2: mean ln 2, deviation ln 2, t(2) = 4.303
        Interval interval = Interval.ofRatios(1, 2, 4);

        double half = 4.303 * Math.log(2) / Math.sqrt(3);
        assertThat(interval.estimate()).isCloseTo(2, within(1e-9));
        assertThat(interval.low()).isCloseTo(2 * Math.exp(-half), within(1e-9));
        assertThat(interval.high()).isCloseTo(2 * Math.exp(half), within(1e-9));
    }

    @Test
    void intervalOfKnownValues() {
        // mean 2, deviation 1, t(2) = 4.303
        Interval interval = Interval.ofValues(1, 2, 3);

        assertThat(interval.estimate()).isEqualTo(2);
        assertThat(interval.low()).isCloseTo(2 - 4.303 / Math.sqrt(3), within(1e-9));
        assertThat(interval.high()).isCloseTo(2 + 4.303 / Math.sqrt(3), within(1e-9));
        assertThatThrownBy(() -> Interval.ofValues(5)).hasMessageContaining("two values at least");
    }

    @Test
    void equalRatiosLeaveNoDoubt() {
        assertThat(Interval.ofRatios(1.03, 1.03, 1.03).high()).isCloseTo(1.03, within(1e-9));
    }

    /** Seeded, hence the same every time: of 2,000 intervals about 95 % must hold the truth. */
    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        Random random = new Random(17);
        long held = IntStream.range(0, 2_000)
                .mapToObj(i -> Interval.ofRatios(IntStream.range(0, 15)
                        .mapToDouble(j -> 1.02 * Math.exp(0.05 * random.nextGaussian()))
                        .toArray()))
                .filter(interval -> interval.low() <= 1.02 && 1.02 <= interval.high())
                .count();

        assertThat(held).isBetween(1_870L, 1_930L);
    }

    @Test
    void oneRatioIsNoInterval() {
        assertThatThrownBy(() -> Interval.ofRatios(1.02)).hasMessageContaining("two values at least");
    }

    @Test
    void studentsPointNeverFallsBelowTheNormalOne() {
        assertThat(StudentT.point95(1)).isEqualTo(12.706);
        assertThat(StudentT.point95(14)).isEqualTo(2.145);
        assertThat(StudentT.point95(1000)).isGreaterThan(1.96);
        assertThatThrownBy(() -> StudentT.point95(0)).hasMessageContaining("but were 0");
    }

    @Test
    void medianIsTheMiddle() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Sample.of(9, 1, 5, 7).median()).isEqualTo(6);
    }

    @Test
    void trimmedMeanIgnoresBothEnds() {
        Sample sample = Sample.of(1_000, 3, 4, 5, -500, 3, 4, 5, 3, 5);

        assertThat(sample.trimmedMean(0.1)).isEqualTo(4);
        assertThat(sample.trimmedMean(0)).isEqualTo(53.2);
        assertThatThrownBy(() -> sample.trimmedMean(0.5)).hasMessageContaining("but was 0.5");
    }
}
