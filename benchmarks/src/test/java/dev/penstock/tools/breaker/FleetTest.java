package dev.penstock.tools.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void attemptsFallIntoTheSecondInWhichTheyBegin() {
        Histogram histogram = Histogram.of(Duration.ofSeconds(4), List.of(0L, SECOND - 1, SECOND, 4 * SECOND));

        assertThat(histogram.perSecond()).containsExactly(2, 1, 0, 0);
        assertThat(histogram.total()).isEqualTo(3);
        assertThat(histogram.fullest()).isZero();
        assertThat(histogram.worst()).isCloseTo(2 / 0.75, within(1e-9));
        assertThat(histogram.lines()).containsExactly("seconds  0 to  3:    2    1    0    0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInstanceBeginsAtOnceAndGoesOnToTheEnd(boolean silent) {
        List<Long> attempts = Instance.attempts(silent, MINUTE, new Random(7));

        assertThat(attempts).isSorted().hasSizeBetween(20, 60).startsWith(0L);
        assertThat(attempts).last().satisfies(at -> assertThat(at).isBetween(55 * SECOND, 60 * SECOND));
    }

    @Test
    void whoDrawsTheSameLotsDoesTheSame() {
        List<Long> attempts = Instance.attempts(false, MINUTE, new Random(7));

        assertThat(Instance.attempts(false, MINUTE, new Random(7))).isEqualTo(attempts);
        assertThat(Instance.attempts(false, MINUTE, new Random(8))).isNotEqualTo(attempts);
    }

    @Test
    void aFleetIsTwoHundredInstances() {
        assertThat(Jitter.histogram(false).total()).isBetween(200 * 20, 200 * 60);
    }
}
