package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadsCpuTest {
    @Test
    void threadsThatHaveEndedTakeNothingAway() {
        Map<Long, Long> before = Map.of(1L, 100L, 2L, 1_000_000L);
        Map<Long, Long> after = Map.of(1L, 150L, 3L, 7L);

        assertThat(ThreadsCpu.spent(before, after)).isEqualTo(57);
    }
}
