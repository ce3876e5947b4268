package dev.penstock.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.penstock.BreakerState;
import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ControlRig;
import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener.AttemptEnded;
import dev.penstock.PenstockListener.BreakerClosed;
import dev.penstock.PenstockListener.ConnectEnded;
import dev.penstock.PenstockListener.ConnectSucceeded;
import dev.penstock.PenstockListener.LeaseSampled;
import dev.penstock.PhaseTime;
import dev.penstock.PoolControl;
import dev.penstock.SessionLimit;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each meter says, and that they come and go as a whole. */
class PenstockMetricsTest {
    private final ControlRig rig = new ControlRig();
    private final PenstockControl control = rig.above("orders", PoolControl.unknown(Duration.ofSeconds(1)));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PenstockMetrics metrics = new PenstockMetrics(control);

    PenstockMetricsTest() {
        metrics.bindTo(registry);
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private static ConnectAttempt attempt(@Nullable String address, ConnectOutcome outcome, PhaseTime... phases) {
        return new ConnectAttempt(
                "db:5432",
                address,
                ConnectPhase.TCP,
                outcome,
                Duration.ZERO,
                Duration.ofMillis(7),
                List.of(phases),
                null,
                null);
    }

    private static ConnectFailedException failure(ConnectOutcome outcome) {
        return new ConnectFailedException(
                "made up", "08001", List.of(), ConnectPhase.TCP, outcome, Duration.ZERO, Duration.ZERO, null);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void everyMeterIsThereBeforeAnythingHappensAndCarriesThePool() {
        assertThat(registry.getMeters())
                .allMatch(meter -> "orders".equals(meter.getId().getTag("pool")));
        assertThat(registry.getMeters().stream()
                        .collect(Collectors.groupingBy(meter -> meter.getId().getName(), Collectors.counting())))
                .containsOnly(
                        entry("penstock.breaker.state", (long) BreakerState.values().length),
                        entry("penstock.breaker.outage", 1L),
                        entry("penstock.breaker.outage.current", 1L),
                        entry("penstock.breaker.next.probe", 1L),
                        entry("penstock.connects", (long) ConnectOutcome.values().length),
                        entry("penstock.connect.attempts", 3L * ConnectOutcome.values().length),
                        entry("penstock.connect.time", ConnectPhase.values().length - 1L),
                        entry("penstock.gate.waiting", 1L),
                        entry("penstock.gate.refused", 1L),
                        entry("penstock.gate.timeouts", 1L),
                        entry("penstock.leases.open", 1L),
                        entry("penstock.leases.oldest", 1L),
                        entry("penstock.leases.suspected", (long) LeaseVerdict.values().length),
                        entry("penstock.leases.reclaimed", 1L),
                        entry("penstock.leases.false.alarms", 1L),
                        entry("penstock.limits.enforced", 2L * SessionLimit.values().length),
                        entry("penstock.limits.cancels", 2L),
                        entry("penstock.limits.not.in.force", 1L));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONNECTED")
    void connectsByHowTheyEnded(ConnectOutcome outcome) {
        rig.tell(l -> l.connectFailed(new ConnectEnded("orders", 1, failure(outcome))));

        assertThat(count("penstock.connects", "outcome", EventMeters.label(outcome)))
                .isEqualTo(1);
        assertThat(count("penstock.connects", "outcome", "connected")).isZero();
    }

    @Test
    void aConnectThatSucceededIsCountedAndItsWinnerTimedByPhase() {
        ConnectAttempt loser = attempt(
                "10.0.0.1:5432",
                ConnectOutcome.LOST_RACE,
                new PhaseTime(ConnectPhase.DNS, Duration.ofMillis(40)),
                new PhaseTime(ConnectPhase.TCP, Duration.ofMillis(900)));
        ConnectAttempt winner = attempt(
                "10.0.0.2:5432",
                ConnectOutcome.CONNECTED,
                new PhaseTime(ConnectPhase.DNS, Duration.ofMillis(40)),
                new PhaseTime(ConnectPhase.TCP, Duration.ofMillis(3)));

        rig.tell(l -> l.connectSucceeded(
                new ConnectSucceeded("orders", 1, "db:5432", "10.0.0.2:5432", Duration.ZERO, List.of(loser, winner))));

        assertThat(count("penstock.connects", "outcome", "connected")).isEqualTo(1);
        assertThat(phase("dns").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
        assertThat(phase("tcp").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
        assertThat(phase("tcp").count()).isEqualTo(1);
        assertThat(phase("tls").count()).isZero();
    }

    private Timer phase(String phase) {
        return registry.get("penstock.connect.time").tags("phase", phase).timer();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"127.0.0.1:5432, ipv4", "[0:0:0:0:0:0:0:1]:5432, ipv6", "null, unknown"})
    void attemptsByFamilyAndOutcome(@Nullable String address, String family) {
        rig.tell(l -> l.attemptEnded(new AttemptEnded("orders", 1, attempt(address, ConnectOutcome.TIMED_OUT))));

        assertThat(count("penstock.connect.attempts", "family", family, "outcome", "timed_out"))
                .isEqualTo(1);
        assertThat(registry.find("penstock.connect.attempts").counters())
                .extracting(counter -> counter.count())
                .filteredOn(count -> count > 0)
                .hasSize(1);
    }

    @Test
    void oneStateIsOneAndAllOthersZero() {
        assertThat(gauge("penstock.breaker.state", "state", "closed")).isEqualTo(1);
        rig.open(null, 0, Duration.ofSeconds(3));

        assertThat(gauge("penstock.breaker.state", "state", "open")).isEqualTo(1);
        assertThat(registry.find("penstock.breaker.state").gauges().stream()
                        .mapToDouble(g -> g.value())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void thePresentOutageAndItsNextProbe() {
        assertThat(gauge("penstock.breaker.next.probe")).isNaN();
        assertThat(gauge("penstock.breaker.outage.current")).isZero();
        rig.open(null, 0, Duration.ofSeconds(3));
        rig.pass(Duration.ofMillis(500));

        assertThat(gauge("penstock.breaker.next.probe")).isEqualTo(2.5);
        assertThat(gauge("penstock.breaker.outage.current")).isEqualTo(0.5);
        rig.close();
        assertThat(gauge("penstock.breaker.next.probe")).isNaN();
    }

    @Test
    void outagesThatAreOver() {
        rig.tell(l -> l.breakerClosed(new BreakerClosed("orders", Duration.ofSeconds(8), 4)));

        Timer outages = registry.get("penstock.breaker.outage").timer();
        assertThat(outages.count()).isEqualTo(1);
        assertThat(outages.totalTime(TimeUnit.SECONDS)).isEqualTo(8);
    }

    @Test
    void theSameRegistryTwiceCountsOnceAndAnotherOneCountsForItself() {
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        metrics.bindTo(registry);
        metrics.bindTo(other);

        rig.tell(l -> l.connectFailed(new ConnectEnded("orders", 1, failure(ConnectOutcome.BROKEN))));

        assertThat(count("penstock.connects", "outcome", "broken")).isEqualTo(1);
        assertThat(other.get("penstock.connects")
                        .tags("outcome", "broken")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void closingTakesEveryMeterAwayAndAnotherPoolOfThatNameBeginsAtZero() {
        rig.tell(l -> l.connectFailed(new ConnectEnded("orders", 1, failure(ConnectOutcome.BROKEN))));
        metrics.close();
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
        rig.tell(l -> l.connectFailed(new ConnectEnded("orders", 2, failure(ConnectOutcome.BROKEN))));

        ControlRig next = new ControlRig();
        try (PenstockMetrics later = new PenstockMetrics(next.alone("orders"))) {
            later.bindTo(registry);
            next.open(null, 0, Duration.ofSeconds(1));
            assertThat(count("penstock.connects", "outcome", "broken")).isZero();
            assertThat(gauge("penstock.breaker.state", "state", "open")).isEqualTo(1);
        }
    }

    // ---- hold times -----------------------------------------------------------------------------

    private PenstockMetrics measured(int maxSites) {
        PenstockMetrics measured = new PenstockMetrics(control, Tags.of("holds", "measured")).holdTimes(maxSites);
        measured.bindTo(registry);
        return measured;
    }

    private void held(String type, Duration held) {
        StackTraceElement frame = new StackTraceElement(type, "work", "File.java", 1);
        rig.tell(l -> l.leaseSampled(new LeaseSampled("orders", List.of(frame), held)));
    }

    private Timer holds(String site) {
        return registry.get("penstock.leases.hold").tags("site", site).timer();
    }

    @Test
    void holdTimesAreMeasuredByTheClassThatBorrows() {
        try (PenstockMetrics measured = measured(10)) {
            assertThat(measured).isNotNull();
            held("com.acme.Orders", Duration.ofMillis(40));
            held("com.acme.Orders", Duration.ofMillis(60));
            held("com.acme.Bills", Duration.ofSeconds(1));

            assertThat(holds("Orders").count()).isEqualTo(2);
            assertThat(holds("Orders").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(100);
            assertThat(holds("Orders").getId().getTag("pool")).isEqualTo("orders");
            assertThat(holds("Bills").count()).isEqualTo(1);
            assertThat(holds("other").count()).isZero();
        }
        assertThat(registry.find("penstock.leases.hold").meters()).isEmpty();
    }

    @Test
    void theFirstClassesHaveATimerAndAllOthersShareOne() {
        try (PenstockMetrics measured = measured(2)) {
            assertThat(measured).isNotNull();
            for (String type : List.of("A", "B", "C", "D", "A")) {
                held("com.acme." + type, Duration.ofMillis(1));
            }
            assertThat(registry.find("penstock.leases.hold").timers()).hasSize(3);
            assertThat(holds("A").count()).isEqualTo(2);
            assertThat(holds("other").count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Orders, Orders",
        "Orders, Orders",
        "com.acme.Orders$1, Orders",
        "com.acme.Orders$$SpringCGLIB$$0, Orders",
        "com.sun.proxy.$Proxy12, $Proxy12",
        "dev.penstock.internal.lease.LeaseDesk, other"
    })
    void aSiteIsTheOutermostClassAlone(String type, String site) {
        assertThat(HoldTimes.site(new StackTraceElement(type, "work", "File.java", 1)))
                .isEqualTo(site);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void theNumberOfSitesHasBounds(int maxSites) {
        assertThatThrownBy(() -> metrics.holdTimes(maxSites))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxSites must be 1 to 1000, but was " + maxSites);
    }

    @Test
    void tagsOfOnesOwnStandBesideThePool() {
        try (PenstockMetrics tagged = new PenstockMetrics(rig.alone("bills"), Tags.of("region", "north"))) {
            tagged.bindTo(registry);
            List<Meter> meters = List.copyOf(registry.find("penstock.gate.refused")
                    .tags("pool", "bills", "region", "north")
                    .meters());
            assertThat(meters).hasSize(1);
        }
    }
}
