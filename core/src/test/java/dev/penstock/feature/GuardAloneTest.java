package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockDataSource;
import dev.penstock.PenstockListener;
import dev.penstock.PoolControl;
import dev.penstock.PoolUnavailableException;
import dev.penstock.TransactionLimit;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A pool without a connector has what can be had above it, and says nothing of the rest. */
@NoLeftovers
class GuardAloneTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<LeaseReport> reports = new CopyOnWriteArrayList<>();

    private PenstockDataSource guard(Consumer<PenstockConfig.Builder> settings) {
        PenstockConfig.Builder config = PenstockConfig.builder().listener(new PenstockListener() {
            @Override
            public void leaseSuspected(LeaseSuspected event) {
                reports.add(event.report());
            }
        });
        settings.accept(config);
        return PenstockDataSource.guard(
                ForeignPool.create(), PoolControl.unknown(Duration.ofMillis(50)), "orders", config.build());
    }

    @Test
    void nothingIsLoggedOfAConnectorThatThereIsNot() throws SQLException {
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            PenstockDataSource guarded = guard(config -> {});
            guarded.getConnection().close();
            guarded.gate().close();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aLeaseThatTakesTooLongIsReported() throws SQLException {
        PenstockDataSource guarded = guard(config -> config.leases(l -> l.suspectAfter(Duration.ofSeconds(1))));
        try (Connection held = guarded.getConnection()) {
            Await.until("a report", SOON, () -> !reports.isEmpty());
            assertThat(held.isClosed()).isFalse();
        }
        assertThat(reports).first().extracting(LeaseReport::verdict).isEqualTo(LeaseVerdict.LONG_HOLD);
        assertThat(reports).first().extracting(LeaseReport::lease).hasFieldOrPropertyWithValue("pool", "orders");
        guarded.gate().close();
    }

    @Test
    void itCanBeSuspended() throws SQLException {
        PenstockDataSource guarded = guard(config -> {});
        guarded.control().suspend();
        assertThatThrownBy(guarded::getConnection).isInstanceOf(PoolUnavailableException.class);
        guarded.control().resume();
        guarded.getConnection().close();
        guarded.gate().close();
    }

    @Test
    void whatThereIsNotIsSaidWhereItIsAskedFor() throws SQLException {
        PenstockDataSource guarded = guard(config -> config.session(s -> s.transactionTimeout(Duration.ofMillis(1))));
        assertThatThrownBy(() -> guarded.control().testConnect(SOON))
                .hasMessage("pool 'orders' makes its connections without Penstock: there is no connect test");
        assertThat(guarded.control().limitsInForce()).isEmpty();
        assertThat(guarded.control().budget()).isEmpty();
        try (Connection lent = guarded.getConnection()) {
            assertThat(lent.unwrap(TransactionLimit.class).limitTransaction(SOON))
                    .isFalse();
        }
        guarded.gate().close();
    }

    @Test
    void withoutDetectionNothingIsWrapped() throws SQLException {
        PenstockDataSource guarded = guard(config -> config.leases(l -> l.detection(false)));
        try (Connection lent = guarded.getConnection()) {
            assertThat(lent.toString()).isEqualTo("a foreign connection");
        }
        assertThat(guarded.control().watchesLeases()).isFalse();
        guarded.gate().close();
    }

    @Test
    void jmxSeesItUntilItsGateIsClosed() throws Exception {
        PenstockDataSource guarded = guard(config -> config.jmx(j -> j.enabled(true)));
        ObjectName name = new ObjectName("dev.penstock:type=Pool,name=orders");
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isTrue();
        guarded.gate().close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
    }
}
