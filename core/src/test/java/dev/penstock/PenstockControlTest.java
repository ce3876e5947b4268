package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.lab.fault.Loopback;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The handle: what it tells, what it switches, and what it refuses in which words. */
class PenstockControlTest {
    private static final PoolControl POOL = PoolControl.unknown(Duration.ofSeconds(1));

    private static PenstockConfig mode(BreakerMode mode) {
        return PenstockConfig.builder().breaker(b -> b.mode(mode)).build();
    }

    private static PenstockConnector toNobody(PenstockConfig config) {
        return PenstockConnector.builder("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app?user=app")
                .name("orders")
                .config(config)
                .build();
    }

    private static void failThreeTimes(PenstockConnector connector) {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);
        }
    }

    @Test
    void anOutageIsReportedWithItsTimesAndItsLatestFailure() {
        ControlRig rig = new ControlRig();
        PenstockControl control = rig.alone("orders");
        ConnectFailedException failure = new ConnectFailedException(
                "away",
                "08001",
                List.of(),
                ConnectPhase.TCP,
                ConnectOutcome.UNREACHABLE,
                Duration.ZERO,
                Duration.ZERO,
                null);
        assertThat(control.outage()).isEmpty();

        rig.open(failure, 2, Duration.ofSeconds(3));
        rig.pass(Duration.ofSeconds(1));

        OutageReport report = control.outage().orElseThrow();
        assertThat(report.lasted()).isEqualTo(Duration.ofSeconds(1));
        assertThat(report.nextProbeIn()).isEqualTo(Duration.ofSeconds(2));
        assertThat(report.failedProbes()).isEqualTo(2);
        assertThat(report.confirmed()).isTrue();
        assertThat(report.lastFailure()).isSameAs(failure);
        assertThat(control.breakerState()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void aProbeThatIsOverdueIsDueNow() {
        ControlRig rig = new ControlRig();
        rig.open(null, 0, Duration.ofSeconds(3));
        rig.pass(Duration.ofSeconds(10));

        OutageReport report = rig.alone("orders").outage().orElseThrow();
        assertThat(report.nextProbeIn()).isEqualTo(Duration.ZERO);
        assertThat(report.confirmed())
                .as("nobody has wanted a connection since")
                .isFalse();
    }

    @Test
    void aRealConnectorsBreakerIsSwitched() {
        try (PenstockConnector connector = toNobody(mode(BreakerMode.ON))) {
            PenstockControl control = connector.control();
            control.forceBreakerOpen();
            assertThat(control.breakerState()).isEqualTo(BreakerState.FORCED_OPEN);
            OutageReport report = control.outage().orElseThrow();
            assertThat(report.nextProbeIn()).isNull();
            assertThat(report.confirmed()).isTrue();
            assertThat(report.lastFailure()).isNull();
            assertThatThrownBy(connector::getConnection).hasMessageContaining("by hand");

            control.forceBreakerClosed();
            failThreeTimes(connector);
            failThreeTimes(connector);
            assertThat(control.breakerState()).isEqualTo(BreakerState.FORCED_CLOSED);
            assertThat(control.outage()).isEmpty();

            control.resetBreaker();
            failThreeTimes(connector);
            assertThat(control.breakerState()).isEqualTo(BreakerState.OPEN);
            assertThat(control.outage().orElseThrow().lastFailure()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "OBSERVE"})
    void whereNothingWouldComeOfItForcingIsRefusedByNameValueAndRemedy(BreakerMode mode) {
        try (PenstockConnector connector = toNobody(mode(mode))) {
            PenstockControl control = connector.control();
            for (ThrowingCallable force :
                    List.<ThrowingCallable>of(control::forceBreakerOpen, control::forceBreakerClosed)) {
                IllegalStateException refusal = catchThrowableOfType(IllegalStateException.class, force);
                assertThat(refusal.getMessage())
                        .startsWith("penstock.breaker.mode must be on")
                        .contains("'orders'", "but was " + mode.name().toLowerCase(Locale.ROOT) + " (builder)")
                        .contains("set penstock.breaker.mode=on");
            }
            control.resetBreaker();
        }
    }

    @Test
    void whilePenstockIsOffThatIsSaidInstead() {
        PenstockConfig off = PenstockConfig.builder()
                .enabled(false)
                .breaker(b -> b.mode(BreakerMode.ON))
                .build();
        try (PenstockConnector connector = toNobody(off)) {
            PenstockControl control = connector.control();
            assertThat(control.breakerState()).isEqualTo(BreakerState.OFF);
            assertThat(control.outage()).isEmpty();
            assertThatThrownBy(control::forceBreakerOpen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("penstock.enabled must be true");
            assertThatThrownBy(control::suspend).hasMessageStartingWith("penstock.enabled must be true");
            control.resetBreaker();
        }
    }

    @Test
    void aConnectorAloneHasNoGateAndNoPool() {
        PenstockControl control = new ControlRig().alone("orders");

        assertThat(control.pool()).isEmpty();
        assertThat(control.waiting()).isZero();
        assertThat(control.refused()).isZero();
        assertThat(control.isSuspended()).isFalse();
        assertThatThrownBy(control::suspend)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'orders' has no gate");
        assertThatThrownBy(() -> control.resize(3)).hasMessageContaining("no pool is known above 'orders'");
    }

    @Test
    void whatAPoolCannotDoItSays() {
        PenstockControl control = new ControlRig().above("orders", POOL);

        assertThatThrownBy(() -> control.resize(3)).hasMessageContaining("cannot be resized");
        assertThatThrownBy(control::evictAll).hasMessageContaining("cannot evict");
    }

    @Test
    void aGuardedPoolsControlIsAlsoTheConnectors() throws SQLException {
        try (PenstockConnector connector = toNobody(mode(BreakerMode.OFF))) {
            PenstockDataSource guarded = PenstockDataSource.guard(connector, POOL, connector);
            PenstockControl control = guarded.control();
            assertThat(connector.control()).isSameAs(control);
            assertThat(control.name()).isEqualTo("orders");
            assertThat(control.pool()).contains(POOL);

            control.suspend();
            assertThat(control.isSuspended()).isTrue();
            long before = System.nanoTime();
            assertThatThrownBy(guarded::getConnection)
                    .isInstanceOf(PoolUnavailableException.class)
                    .hasMessageContaining("suspended");
            assertThat(System.nanoTime() - before)
                    .isGreaterThanOrEqualTo(POOL.callersLimit().toNanos());
            assertThat(control.timedOut()).isEqualTo(1);
            assertThat(control.refused()).isZero();

            control.resume();
            assertThatThrownBy(() -> closed(guarded.getConnection())).isInstanceOf(ConnectFailedException.class);
        }
    }

    private static void closed(Connection connection) throws SQLException {
        connection.close();
    }

    @Test
    void callersThatAreRefusedAtOnceAreCounted() {
        PenstockConfig config = PenstockConfig.builder()
                .breaker(b -> b.mode(BreakerMode.ON))
                .gate(g -> g.failFastAfter(Duration.ZERO))
                .build();
        try (PenstockConnector connector = toNobody(config)) {
            PenstockDataSource guarded = PenstockDataSource.guard(connector, new StubPool(), connector);
            failThreeTimes(connector);

            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(guarded::getConnection).isInstanceOf(PoolUnavailableException.class);
            }

            assertThat(guarded.control().refused()).isEqualTo(5);
            assertThat(guarded.control().waiting()).isZero();
        }
    }

    @Test
    void listenersComeAndGo() {
        try (PenstockConnector connector = toNobody(mode(BreakerMode.OFF))) {
            List<String> told = new ArrayList<>();
            PenstockListener listener = new PenstockListener() {
                @Override
                public void connectFailed(ConnectEnded event) {
                    told.add(event.connector());
                }
            };
            connector.control().addListener(listener);
            assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);

            assertThat(connector.control().removeListener(listener)).isTrue();
            assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);

            assertThat(told).containsExactly("orders");
        }
    }
}
