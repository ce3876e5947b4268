package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class WaitTest {
    /** 80 a second of 10 ms: 0.8 erlang. One connection: C = 0.8, mean 0.8 x 10 ms / 0.2 = 40 ms. */
    private static final Workload BUSY = Workload.random(80, Duration.ofMillis(10));

    private static Duration rounded(Duration duration) {
        return duration.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

    @Test
    void oneConnection() {
        Wait wait = Wait.of(BUSY, 1);

        assertThat(wait.utilisation()).isEqualTo(0.8);
        assertThat(wait.probability()).isEqualTo(0.8);
        assertThat(wait.mean().map(WaitTest::rounded)).hasValue(Duration.ofMillis(40));
        // 10 ms / 0.2 x ln(0.8 / 0.01) = 50 ms x 4.382027
        assertThat(wait.quantile(0.99).map(WaitTest::rounded)).hasValue(Duration.ofNanos(219_101_000));
        assertThat(wait.quantile(0.2)).hasValue(Duration.ZERO);
        assertThat(wait.isExact()).isTrue();
    }

    /** Pollaczek and Khinchine: holds that are always the same halve the mean, those of variation 3 double it. */
    @Test
    void variationOfHolds() {
        Wait same = Wait.of(BUSY.withHoldDeviation(Duration.ZERO), 1);
        Wait wild = Wait.of(new Workload(80, Duration.ofMillis(10), 1, 3), 1);

        assertThat(same.mean().map(WaitTest::rounded)).hasValue(Duration.ofMillis(20));
        assertThat(wild.mean().map(WaitTest::rounded)).hasValue(Duration.ofMillis(80));
        assertThat(same.isExact()).isFalse();
    }

    @Test
    void aDeviationIsAVariation() {
        assertThat(BUSY.withHoldDeviation(Duration.ofMillis(20)).holdVariation())
                .isEqualTo(4);
        assertThat(BUSY.withHoldDeviation(Duration.ofMillis(10)).isExact()).isTrue();
    }

    @Test
    void aDeviationBelowZeroIsRefused() {
        assertThatThrownBy(() -> BUSY.withHoldDeviation(Duration.ofMillis(-20)))
                .isInstanceOf(InvalidBudgetException.class)
                .hasMessage("deviation must be zero or more, but was PT-0.02S");
    }

    @Test
    void aQueueThatGrowsForEverHasNoFigures() {
        Wait wait = Wait.of(Workload.random(100, Duration.ofMillis(10)), 1);

        assertThat(wait.isStable()).isFalse();
        assertThat(wait.probability()).isOne();
        assertThat(wait.mean()).isEmpty();
        assertThat(wait.quantile(0.5)).isEmpty();
    }

    @Test
    void theSmallestPoolThatKeepsAPromise() {
        Workload workload = Workload.random(1000, Duration.ofMillis(8)); // 8 erlang
        int connections =
                PoolSizing.connections(workload, 0.99, Duration.ofMillis(5)).orElseThrow();

        assertThat(Wait.of(workload, connections).quantile(0.99).orElseThrow())
                .isLessThanOrEqualTo(Duration.ofMillis(5));
        assertThat(Wait.of(workload, connections - 1).quantile(0.99).orElseThrow())
                .isGreaterThan(Duration.ofMillis(5));
    }

    @Test
    void nobodyIsToWait() {
        Workload workload = Workload.random(408, Duration.ofMillis(10)); // 4.08 erlang: 10 of the table, one in 100

        assertThat(PoolSizing.connections(workload, 0.989, Duration.ZERO)).hasValue(10);
    }

    @Test
    void noBorrowsNeedOneConnectionAndTooManyNone() {
        assertThat(PoolSizing.connections(Workload.random(0, Duration.ofSeconds(1)), 0.99, Duration.ZERO))
                .hasValue(1);
        assertThat(PoolSizing.connections(Workload.random(1e6, Duration.ofSeconds(1)), 0.99, Duration.ofSeconds(1)))
                .isEmpty();
        assertThat(PoolSizing.connections(Workload.random(999_000, Duration.ofSeconds(1)), 0.99, Duration.ofDays(1)))
                .hasValue(999_001);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Workload.random(-1, Duration.ofSeconds(1)))
                .hasMessage("arrivalsPerSecond must be between 0.0 and 1000000.0, but was -1.0");
        assertThatThrownBy(() -> Workload.random(Double.NaN, Duration.ofSeconds(1)))
                .hasMessageEndingWith("but was NaN");
        assertThatThrownBy(() -> Workload.random(1, Duration.ZERO))
                .hasMessage("meanHold must be more than zero, at most PT277H46M40S, but was PT0S");
        assertThatThrownBy(() -> Wait.of(BUSY, 1).quantile(1))
                .hasMessage("quantile must be more than 0 and less than 1, but was 1.0");
        assertThatThrownBy(() -> PoolSizing.connections(BUSY, 0.99, Duration.ofMillis(-1)))
                .hasMessage("longest must be zero or more, but was PT-0.001S");
    }
}
