package dev.penstock.tools.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private static final Duration LIMIT = Duration.ofMillis(1500);

    private static Attempt connected(long millis, long stallMillis) {
        return new Attempt(millis * 1_000_000, stallMillis * 1_000_000, null);
    }

    private static Attempt failed(long millis) {
        return new Attempt(millis * 1_000_000, 0, new SQLException("refused"));
    }

    private static Repetitions measure(int times, Attempt... attempts) {
        Deque<Attempt> script = new ArrayDeque<>(List.of(attempts));
        Repetitions measured = Repetitions.measure(times, LIMIT, script::removeFirst);
        assertThat(script).as("attempts not asked for").isEmpty();
        return measured;
    }

    @Test
    void oneLateAttemptBreaksTheLimitWhateverTheMedianSays() {
        Repetitions times = measure(3, connected(1200, 0), connected(1501, 50), connected(1200, 0));

        assertThat(times.medianMillis()).isEqualTo(1200);
        assertThat(times.worst().millis()).isEqualTo(1501);
        assertThat(times.within(LIMIT)).isFalse();
    }

    @Test
    void inTimeCountsWhateverTheMachineDid() {
        Repetitions times = measure(1, connected(1500, 300));

        assertThat(times.within(LIMIT)).isTrue();
        assertThat(times.doubtful()).isEmpty();
    }

    @Test
    void lateOnAMachineThatStalledIsRepeatedAndKept() {
        Repetitions times = measure(2, connected(1900, 51), connected(1200, 0), connected(1300, 0));

        assertThat(times.counted()).containsExactly(connected(1200, 0), connected(1300, 0));
        assertThat(times.doubtful()).containsExactly(connected(1900, 51));
        assertThat(times.within(LIMIT)).isTrue();
    }

    @Test
    void afterThreeRepeatsAStallIsNoExcuse() {
        Attempt late = connected(1900, 400);

        Repetitions times = measure(1, late, late, late, late);

        assertThat(times.doubtful()).hasSize(Repetitions.MAX_REPEATS);
        assertThat(times.within(LIMIT)).isFalse();
    }

    @Test
    void aFailureIsTheWorstHoweverQuick() {
        Attempt failure = failed(3);

        Repetitions times = measure(2, failure, connected(1400, 0));

        assertThat(times.worst()).isSameAs(failure);
        assertThat(times.within(LIMIT)).isFalse();
        assertThat(times.allConnected()).isFalse();
    }
}
