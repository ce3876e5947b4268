package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Far too few and too short for the figures to say anything. */
@WithPostgres
@Tag("virtual-threads")
class VirtualCrowdTest {
    private final Target target;

    VirtualCrowdTest(PostgresServer server) {
        this.target = new Target(server.jdbcUrl(), server.user(), server.password());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"GATE", "PENSTOCK"})
    void virtualThreadsBorrowWhereThereAreAny(Side side) throws Exception {
        if (Runtime.version().feature() < 21) {
            assertThatThrownBy(() -> VirtualCrowd.measure(side, target, 50, 100, 2, 50))
                    .isInstanceOf(NoSuchMethodException.class);
            return;
        }

        assertThat(VirtualCrowd.measure(side, target, 50, 100, 2, 50))
                .hasSize(2)
                .allSatisfy(cost -> {
                    assertThat(cost.cpuNanos()).isPositive();
                    assertThat(cost.clockNanos()).isPositive();
                });
    }
}
