package dev.penstock.internal.budget;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.BudgetReport;
import dev.penstock.BudgetSettings;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Verdict;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Leash;
import dev.penstock.internal.events.Listeners;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A check of a server that is reached and then does not answer, or is not reached at all. */
@NoLeftovers
class BudgetDeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<BudgetReport> told = new CopyOnWriteArrayList<>();
    private final Listeners listeners = new Listeners(List.of(new PenstockListener() {
        @Override
        public void budgetChecked(BudgetChecked event) {
            told.add(event.report());
        }
    }));
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch aborted = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();

    /** Answers nothing until it is aborted. */
    private Connection unanswering() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "abort" -> aborted.countDown();
                        case "close" -> closed.incrementAndGet();
                        default -> {
                            asked.countDown();
                            aborted.await();
                            throw new SQLException("An I/O error occurred", "08006");
                        }
                    }
                    return null;
                });
    }

    private interface Way {
        Connection connect() throws SQLException;
    }

    private BudgetDesk desk(@Nullable Way way) {
        Plan plan = Plan.of(ServerLimits.of(100)).and(Service.of("checkout", 3, 10));
        BudgetSettings settings =
                PenstockConfig.builder().budget(b -> b.plan(plan)).build().budget();
        return new BudgetDesk("main", settings, way == null ? null : over(way), () -> ConnectOrder.PLAIN, listeners);
    }

    private static Creation over(Way way) {
        return new Creation() {
            @Override
            public Connection connect(ConnectOrder order, Duration limit, Leash leash) throws SQLException {
                return way.connect();
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAtTheLimit() {
        BudgetReport report = desk(this::unanswering).check(10, Duration.ofMillis(50));

        assertThat(report.unchecked()).isEqualTo("it had not answered within 50 ms (SQLState 08006)");
        assertThat(report.live()).isNull();
        assertThat(report.verdict()).isEqualTo(Verdict.FITS);
        assertThat(report.isFine()).isFalse();
        assertThat(closed).hasValue(1);
        assertThat(told).containsExactly(report);
    }

    @Test
    void closeEndsACheckAndNobodyIsTold() throws InterruptedException {
        BudgetDesk desk = desk(this::unanswering);
        desk.checkLater(10, LONG);
        asked.await();
        desk.close();

        Await.until("its connection is closed", PATIENCE, () -> closed.get() == 1);
        assertThat(told).isEmpty();
        assertThat(desk.latest()).isNull();
    }

    @Test
    void afterCloseNothingIsAsked() {
        BudgetDesk desk = desk(this::unanswering);
        desk.close();
        BudgetReport report = desk.check(10, LONG);

        assertThat(report.unchecked()).startsWith("the connector is closed");
        assertThat(told).isEmpty();
    }

    @Test
    void aConnectFailureIsToldOnOneLine() {
        BudgetReport report = desk(() -> {
                    throw new SQLException("no connection within 5 s\n  10.0.0.1: timed out", "08001");
                })
                .check(10, LONG);

        assertThat(report.unchecked()).isEqualTo("no connection within 5 s; 10.0.0.1: timed out (SQLState 08001)");
    }

    @Test
    void whatTheDriverThrowsBesidesFailsNoStart() {
        BudgetReport report = desk(() -> {
                    throw new IllegalStateException("broken");
                })
                .check(10, LONG);

        assertThat(report.unchecked()).isEqualTo("broken");
    }

    @Test
    void offThereIsNobodyToAsk() {
        assertThat(desk(null).check(10, LONG).unchecked()).contains("penstock.enabled=false");
    }

    @Test
    void withoutAPlanThereIsNothingToCheck() {
        BudgetDesk desk =
                new BudgetDesk("main", PenstockConfig.defaults().budget(), null, () -> ConnectOrder.PLAIN, listeners);

        assertThatThrownBy(() -> desk.check(10, LONG))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("penstock.budget.plan must be set for a check, but was null");
    }

    /** (3 + 1) x 12 = 48 at the worst moment; of two pools per replica one may be smaller, so 4 x 2 x 10 = 80 stays. */
    @Test
    void aLargerPoolIsCountedIfItIsTheOnlyOne() {
        Service one = Service.of("checkout", 3, 10);
        BudgetSettings settings = PenstockConfig.builder()
                .budget(b -> b.plan(Plan.of(ServerLimits.of(100)).and(one)))
                .build()
                .budget();
        Plan two = Plan.of(ServerLimits.of(100)).and(one.withPools(2));

        PlannedPool alone = PlannedPool.of(requireNonNull(settings.plan()), settings, "main", 12);
        assertThat(alone.plan().services().get(0).poolSize()).isEqualTo(12);
        assertThat(alone.unplanned()).endsWith("; the sum has 12");
        PlannedPool besideOthers = PlannedPool.of(two, settings, "main", 12);
        assertThat(besideOthers.plan()).isEqualTo(two);
        assertThat(besideOthers.unplanned()).endsWith("; the sum is that of the plan");
        assertThat(PlannedPool.of(two, settings, "main", 10).unplanned()).isNull();
        assertThat(PlannedPool.of(two, settings, "main", 1).unplanned()).isNull();
    }
}
