package dev.penstock.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.tools.report.Repeats.Reading;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static Reading<Integer> reading(int value, long stallMillis) {
        return new Reading<>(value, TimeUnit.MILLISECONDS.toNanos(stallMillis));
    }

    /** The limit is 10. */
    private static Repeats<Integer> measure(int times, List<Reading<Integer>> script) throws Exception {
        Deque<Reading<Integer>> left = new ArrayDeque<>(script);
        Repeats<Integer> repeats = Repeats.measure(times, 1, value -> value <= 10, left::removeFirst);
        assertThat(left).as("readings not asked for").isEmpty();
        return repeats;
    }

    @Test
    void aValueBeyondTheLimitCountsIfTheMachineWasWell() throws Exception {
        Repeats<Integer> repeats = measure(2, List.of(reading(11, 50), reading(3, 900)));

        assertThat(repeats.values()).containsExactly(11, 3);
        assertThat(repeats.doubtful()).isEmpty();
    }

    @Test
    void beyondTheLimitOnAMachineThatStalledIsRepeatedAndKept() throws Exception {
        Repeats<Integer> repeats = measure(2, List.of(reading(11, 51), reading(3, 0), reading(4, 0)));

        assertThat(repeats.values()).containsExactly(3, 4);
        assertThat(repeats.remarks(value -> "value " + value))
                .containsExactly("doubtful, repeated: value 11; stall 51 ms");
    }

    @Test
    void afterThreeRepeatsAStallIsNoExcuse() throws Exception {
        Reading<Integer> late = reading(11, 400);

        Repeats<Integer> repeats = measure(1, List.of(late, late, late, late));

        assertThat(repeats.doubtful()).hasSize(Repeats.MAX_REPEATS);
        assertThat(repeats.values()).containsExactly(11);
    }

    @Test
    void manyAreTakenAtOnce() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);

        Repeats<Integer> repeats =
                Repeats.measure(3, 3, value -> true, () -> reading(all.await(20, TimeUnit.SECONDS), 0));

        assertThat(repeats.values()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void whatAReadingFailsWithComesThrough() {
        assertThatThrownBy(() -> Repeats.measure(1, value -> true, () -> {
                    throw new IllegalStateException("the server did not start");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server did not start");
    }
}
