package dev.penstock.internal.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.BreakerMode;
import dev.penstock.BreakerState;
import dev.penstock.PenstockConfig;
import dev.penstock.PoolControl;
import dev.penstock.WhileOpen;
import dev.penstock.internal.breaker.BreakerRoute;
import dev.penstock.internal.connect.DeadlineRoute;
import dev.penstock.internal.connect.PlainRoute;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which parts there are, by the settings; nothing is connected. */
class PartsTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:1/app?user=app&password=sesame";

    private final PoolControl pool = PoolControl.unknown(Duration.ofSeconds(1));
    private final Orders orders = new Orders(false, () -> WhileOpen.REFUSE, null);

    private static Blueprint plan(UnaryOperator<PenstockConfig.Builder> settings) {
        PenstockConfig config = settings.apply(PenstockConfig.builder()).build();
        return Blueprint.of("orders", URL, new Properties(), config, null);
    }

    @Test
    void theUsualWayLeadsPastTheBreaker() {
        try (Parts parts = Parts.of(plan(all -> all))) {
            assertThat(parts.way().route())
                    .isInstanceOf(BreakerRoute.class)
                    .isSameAs(parts.way().guarded());
            assertThat(parts.way().breaker().state()).isEqualTo(BreakerState.CLOSED);
        }
    }

    @Test
    void withoutABreakerThereIsNoneInTheWay() {
        try (Parts parts = Parts.of(plan(all -> all.breaker(b -> b.mode(BreakerMode.OFF))))) {
            assertThat(parts.way().route()).isInstanceOf(DeadlineRoute.class);
            assertThat(parts.way().connects()).isNotNull();
            assertThat(parts.way().breaker().state()).isEqualTo(BreakerState.OFF);
        }
    }

    @Test
    void offIsThePlainDriverAndNothingAboveThePool() {
        Blueprint plan = plan(all -> all.enabled(false).session(s -> s.statementTimeout(Duration.ofSeconds(1))));
        try (Parts parts = Parts.of(plan)) {
            assertThat(parts.way().route()).isInstanceOf(PlainRoute.class);
            assertThat(parts.way().connects()).isNull();
            assertThat(AbovePool.of(pool, plan, parts, orders).leases()).isNull();
        }
    }

    @Test
    void aLimitAloneHasLeasesWatchedAndWithoutOneDetectionDecides() {
        assertThat(hasLeases(plan(all -> all.leases(l -> l.detection(false))))).isFalse();
        assertThat(hasLeases(plan(all -> all))).isTrue();
        assertThat(hasLeases(plan(
                        all -> all.leases(l -> l.detection(false)).session(s -> s.lockTimeout(Duration.ofSeconds(1))))))
                .isTrue();
    }

    private boolean hasLeases(Blueprint plan) {
        try (Parts parts = Parts.of(plan)) {
            return AbovePool.of(pool, plan, parts, orders).leases() != null;
        }
    }

    @Test
    void closingRefusesFurtherConnects() {
        Parts parts = Parts.of(plan(all -> all));
        parts.close();
        assertThatThrownBy(() -> parts.way().route().connect(orders.next(null)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aBlueprintTellsNoPassword() {
        assertThat(plan(all -> all).toString()).contains("orders").doesNotContain("sesame");
    }
}
