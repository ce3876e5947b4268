package dev.penstock.internal.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.internal.events.Listeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When it opens, when it lets a probe through, when it closes; on virtual time, without jitter. */
class CreationBreakerTest {
    private static final double NO_JITTER = 0.5;

    private final VirtualTicker ticker = new VirtualTicker();
    private final List<String> events = new ArrayList<>();
    private boolean poolIsEmpty;
    private CreationBreaker breaker = breaker(BreakerMode.ON);

    private CreationBreaker breaker(BreakerMode mode) {
        PenstockListener recorder = new PenstockListener() {
            @Override
            public void breakerOpened(BreakerOpened event) {
                events.add("opened, next in " + event.nextProbeIn().toMillis());
            }

            @Override
            public void breakerClosed(BreakerClosed event) {
                events.add("closed after " + event.outage().toMillis() + ", failed probes " + event.failedProbes());
            }
        };
        return new CreationBreaker(
                "test",
                PenstockConfig.builder().breaker(b -> b.mode(mode)).build().breaker(),
                ticker,
                new Listeners(List.of(recorder)),
                () -> poolIsEmpty,
                () -> NO_JITTER);
    }

    private void fail(ConnectOutcome outcome) {
        breaker.failed(Admission.FREE, Failures.of(outcome));
    }

    private void failProbe(ConnectOutcome outcome) {
        assertThat(breaker.admit()).isEqualTo(Admission.PROBE);
        breaker.failed(Admission.PROBE, Failures.of(outcome));
    }

    private void open() {
        poolIsEmpty = true;
        fail(ConnectOutcome.UNREACHABLE);
        assertThat(breaker.outage()).isNotNull();
    }

    private Duration untilProbe() {
        return Duration.ofNanos(Objects.requireNonNull(breaker.outage()).nextProbeAt() - ticker.nanos());
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT", "BROKEN"})
    void threeInARowOpenIt(ConnectOutcome outcome) {
        fail(outcome);
        fail(outcome);
        assertThat(breaker.admit()).isEqualTo(Admission.FREE);

        fail(outcome);

        assertThat(breaker.admit()).isEqualTo(Admission.REFUSED);
        assertThat(events).containsExactly("opened, next in 251");
    }

    @Test
    void aSuccessInBetweenStartsTheCountAgain() {
        fail(ConnectOutcome.TIMED_OUT);
        fail(ConnectOutcome.TIMED_OUT);
        breaker.succeeded(Duration.ofMillis(3));
        fail(ConnectOutcome.TIMED_OUT);
        fail(ConnectOutcome.TIMED_OUT);

        assertThat(breaker.outage()).isNull();
    }

    @Test
    void theFirstOpensItIfThePoolIsEmpty() {
        poolIsEmpty = true;
        fail(ConnectOutcome.TIMED_OUT);

        assertThat(breaker.admit()).isEqualTo(Admission.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "REJECTED",
                "SERVER_FULL",
                "STARTING_UP",
                "SERVER_ERROR",
                "WRONG_ROLE",
                "NO_CREDENTIALS",
                "ABANDONED"
            })
    void whatTheServerOrOurselvesAreToBlameForOpensNothing(ConnectOutcome outcome) {
        poolIsEmpty = true;
        for (int i = 0; i < 10; i++) {
            fail(outcome);
        }

        assertThat(breaker.admit()).isEqualTo(Admission.FREE);
    }

    @Test
    void oneProbeGoesThroughAndClosesIt() {
        open();
        ticker.passMillis(250);
        assertThat(breaker.admit()).isEqualTo(Admission.REFUSED);
        ticker.passMillis(2);

        assertThat(breaker.admit()).isEqualTo(Admission.PROBE);
        assertThat(breaker.admit()).as("beside the probe").isEqualTo(Admission.REFUSED);
        breaker.succeeded(Duration.ofMillis(3));

        assertThat(breaker.admit()).isEqualTo(Admission.FREE);
        assertThat(events).last().isEqualTo("closed after 252, failed probes 0");
    }

    @Test
    void theIntervalDoublesTo1300MillisecondsAndAfterAMinuteToFiveSeconds() {
        open();
        List<Long> intervals = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            intervals.add(untilProbe().toMillis() - 1);
            ticker.pass(untilProbe().plusMillis(1));
            failProbe(ConnectOutcome.TIMED_OUT);
        }

        assertThat(intervals).startsWith(250L, 500L, 1000L, 1300L, 1300L).endsWith(5000L, 5000L);
        assertThat(intervals.indexOf(5000L)).isBetween(45, 50);
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING_UP", "WRONG_ROLE", "NO_CREDENTIALS", "ABANDONED"})
    void aProbeThatSaysNothingOfTheServerNeitherClosesNorEscalates(ConnectOutcome outcome) {
        open();
        for (int i = 0; i < 5; i++) {
            assertThat(untilProbe()).isEqualTo(Duration.ofMillis(251));
            ticker.passMillis(252);
            failProbe(outcome);
        }

        assertThat(Objects.requireNonNull(breaker.outage()).failedProbes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "SERVER_FULL", "SERVER_ERROR"})
    void aProbeThatTheServerAnswersClosesIt(ConnectOutcome outcome) {
        open();
        ticker.passMillis(252);
        failProbe(outcome);

        assertThat(breaker.outage()).isNull();
    }

    @Test
    void aConnectFromBeforeThatSucceedsClosesItAndOneThatFailsDoesNotDecideForTheProbe() {
        open();
        ticker.passMillis(252);
        assertThat(breaker.admit()).isEqualTo(Admission.PROBE);
        fail(ConnectOutcome.TIMED_OUT);
        assertThat(breaker.isProbing()).isTrue();

        breaker.succeeded(Duration.ofMillis(3));

        assertThat(breaker.outage()).isNull();
    }

    @Test
    void aProbeThatEndsAfterAnotherHasClosedItOpensNothing() {
        open();
        ticker.passMillis(252);
        assertThat(breaker.admit()).isEqualTo(Admission.PROBE);
        breaker.succeeded(Duration.ofMillis(3));
        poolIsEmpty = false;
        breaker.failed(Admission.PROBE, Failures.of(ConnectOutcome.TIMED_OUT));

        assertThat(breaker.outage()).isNull();
    }

    @Test
    void observeTellsAndRefusesNobody() {
        breaker = breaker(BreakerMode.OBSERVE);
        poolIsEmpty = true;
        fail(ConnectOutcome.UNREACHABLE);

        assertThat(breaker.admit()).isEqualTo(Admission.FREE);
        assertThat(breaker.outage()).isNull();
        assertThat(breaker.probeLimit(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        breaker.succeeded(Duration.ofMillis(3));

        assertThat(events).hasSize(2);
    }

    @Test
    void offDoesNothing() {
        breaker = breaker(BreakerMode.OFF);
        poolIsEmpty = true;
        fail(ConnectOutcome.UNREACHABLE);

        assertThat(breaker.admit()).isEqualTo(Admission.FREE);
        assertThat(events).isEmpty();
    }

    @Test
    void probesHaveTheDeadlineUntilSomethingIsLearnedAndThenFourTimesTheSlowest() {
        Duration deadline = Duration.ofSeconds(30);
        open();
        assertThat(breaker.probeLimit(deadline)).isEqualTo(deadline);
        for (int i = 0; i < 50; i++) {
            breaker.succeeded(Duration.ofMillis(i == 7 ? 400 : 3));
        }
        open();
        assertThat(breaker.probeLimit(deadline)).isEqualTo(Duration.ofMillis(1600));
        ticker.passMillis(252);
        failProbe(ConnectOutcome.TIMED_OUT);
        assertThat(breaker.probeLimit(deadline)).isEqualTo(Duration.ofMillis(3200));
        assertThat(breaker.probeLimit(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void connectionsAreMadeSlowlyAfterAnOutageAndAsUsualAfterTwentySeconds() {
        assertThat(breaker.takePlace()).isZero();
        open();
        ticker.passMillis(252);
        assertThat(breaker.admit()).isEqualTo(Admission.PROBE);
        breaker.succeeded(Duration.ofMillis(3));

        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            waits.add(Duration.ofNanos(breaker.takePlace()).toMillis());
        }
        assertThat(waits).containsExactly(0L, 200L, 400L, 600L, 800L, 1000L, 1200L, 1400L, 1600L, 1800L, 2000L, 2100L);

        ticker.pass(SlowStart.LASTS);
        assertThat(breaker.takePlace()).isZero();
        assertThat(breaker.takePlace()).isZero();
    }
}
