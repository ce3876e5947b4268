package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Verdict;
import dev.penstock.lab.fault.Loopback;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of 100 connections 97 are usable: five replicas may have 19 each. */
class ResizeWithinBudgetTest {
    private static final int REPLICAS = 5;
    private static final int MOST = 19;

    private final AtomicInteger max = new AtomicInteger(10);

    private final PoolControl pool = new StubPool() {
        @Override
        public int max() {
            return max.get();
        }

        @Override
        public void resize(int wanted) {
            if (wanted < 1) {
                throw new InvalidSettingException("maximumPoolSize", "must be 1 or more", wanted);
            }
            max.set(wanted);
        }
    };

    private static Plan plan(int poolSize) {
        Service service = Service.of("checkout", REPLICAS, poolSize).withRollout(Rollout.IN_PLACE);
        return Plan.of(ServerLimits.of(100)).and(service);
    }

    private PenstockControl control(@Nullable Plan plan, BudgetCheck check) {
        PenstockConfig config =
                PenstockConfig.builder().budget(b -> b.plan(plan).check(check)).build();
        PenstockConnector connector = PenstockConnector.builder(
                        "jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app?user=app")
                .name("orders")
                .config(config)
                .build();
        return connector.gate(pool).control();
    }

    @Test
    void thePoolGrowsAsLongAsThereIsRoom() {
        BudgetReport report =
                control(plan(10), BudgetCheck.WARN).resizeWithinBudget(MOST).orElseThrow();

        assertThat(max).hasValue(MOST);
        assertThat(report.sum().server().steady().demand()).isEqualTo(REPLICAS * MOST);
        assertThat(report.unplanned()).contains("maximumPoolSize of this pool is " + MOST);
        assertThat(report.unchecked()).isEqualTo("it has not been asked yet");
    }

    @Test
    void andNotByOneMore() {
        PenstockControl control = control(plan(10), BudgetCheck.WARN);

        BudgetExceededException refusal =
                catchThrowableOfType(BudgetExceededException.class, () -> control.resizeWithinBudget(MOST + 1));

        assertThat(max).hasValue(10);
        assertThat(refusal.report().sum().verdict()).isEqualTo(Verdict.OVER);
        assertThat(refusal.getMessage())
                .startsWith("penstock 'orders': not resized from 10 to 20, the plan (penstock.budget.plan) has no room")
                .contains("server: 100 of 97 connections", "checkout: 5 replicas x 20 = 100");
    }

    /** It makes nothing worse. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10})
    void aPoolThatDoesNotGrowIsLetThoughThePlanIsOver(int size) {
        PenstockControl control = control(plan(30), BudgetCheck.WARN);

        assertThat(control.resizeWithinBudget(size).orElseThrow().verdict()).isEqualTo(Verdict.OVER);
        assertThat(max).hasValue(size);
        max.set(10);
        assertThatThrownBy(() -> control.resizeWithinBudget(11)).isInstanceOf(BudgetExceededException.class);
    }

    @Test
    void withoutAPlanOrACheckNothingIsChecked() {
        assertThat(control(null, BudgetCheck.WARN).resizeWithinBudget(1000)).isEmpty();
        assertThat(max).hasValue(1000);
        assertThat(control(plan(10), BudgetCheck.OFF).resizeWithinBudget(2000)).isEmpty();
        assertThat(max).hasValue(2000);
    }

    @Test
    void aSizeThatIsNoneIsRefusedAsElsewhere() {
        assertThatThrownBy(() -> control(plan(10), BudgetCheck.WARN).resizeWithinBudget(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("maximumPoolSize must be 1 or more, but was 0");
    }
}
