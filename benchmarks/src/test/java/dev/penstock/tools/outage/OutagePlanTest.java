package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutagePlanTest {
    private static OutagePlan plan(int repeat) {
        List<PoolKind> pools = List.of(PoolKind.HIKARI, PoolKind.PENSTOCK);
        List<Fault> faults = List.of(Fault.SILENT, Fault.RESTART, Fault.KILLED);
        return new OutagePlan(pools, faults, Duration.ofSeconds(10), Duration.ofSeconds(30), repeat);
    }

    @Test
    void repeatedOutagesAreOfDifferentLength() {
        OutagePlan plan = plan(5);

        assertThat(IntStream.range(0, 5)
                        .mapToObj(run -> plan.outage(Fault.SILENT, run).toMillis()))
                .containsExactly(10_000L, 10_500L, 11_000L, 11_500L, 12_000L);
        assertThat(plan(1).outage(Fault.SILENT, 0)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRestartLastsAsLongAsItsNameSays() {
        assertThat(plan(5).outage(Fault.RESTART, 4)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void runsAreCounted() {
        assertThat(plan(5).runs()).isEqualTo(30);
    }
}
