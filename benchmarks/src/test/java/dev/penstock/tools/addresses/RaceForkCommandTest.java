package dev.penstock.tools.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.pairs.ForkPlan;
import dev.penstock.tools.pairs.Forks;
import dev.penstock.tools.pairs.PairResults;
import dev.penstock.tools.pairs.Unit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Two short forks: that they run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
@EnabledOnOs(OS.LINUX)
class RaceForkCommandTest {
    @Test
    void forksConnectPastTheBlackHoles() throws Exception {
        ForkPlan plan = new ForkPlan(
                "race-fork",
                AddressCases.GOOD.getHostAddress(),
                false,
                0,
                10,
                false,
                Duration.ZERO,
                List.of("--stub=10"));

        PairResults results = new Forks(2, Unit.MILLISECONDS, line -> {}).measure(plan, "little");

        assertThat(results.forks()).hasSize(2);
        assertThat(results.plain()).isPositive();
        assertThat(results.penstock()).isPositive();
    }
}
