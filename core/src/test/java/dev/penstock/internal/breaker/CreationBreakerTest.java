package dev.penstock.internal.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.internal.breaker.Permit.Kind;
import dev.penstock.internal.events.Listeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When it opens, when it lets a probe through, when it closes; on virtual time, without jitter. */
class CreationBreakerTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final VirtualTicker ticker = new VirtualTicker();
    private final List<String> events = new ArrayList<>();
    private boolean poolIsEmpty;
    /** The least: the first pauses are not stretched. */
    private double chance;

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
                DEADLINE,
                new Clockwork(ticker, (task, delay) -> new CompletableFuture<>(), Runnable::run),
                new Listeners(List.of(recorder)),
                () -> poolIsEmpty,
                () -> chance);
    }

    private void fail(ConnectOutcome outcome) {
        breaker.failed(Permit.FREE, Failures.of(outcome));
    }

    private void failProbe(ConnectOutcome outcome) {
        failProbe(Failures.of(outcome));
    }

    private void failProbe(ConnectFailedException failure) {
        breaker.failed(probe(), failure);
    }

    private Permit probe() {
        Permit permit = breaker.admit();
        assertThat(permit.kind()).isEqualTo(Kind.PROBE);
        return permit;
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
        assertThat(breaker.admit()).isEqualTo(Permit.FREE);

        fail(outcome);

        assertThat(breaker.admit()).isEqualTo(Permit.REFUSED);
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

        assertThat(breaker.admit()).isEqualTo(Permit.REFUSED);
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

        assertThat(breaker.admit()).isEqualTo(Permit.FREE);
    }

    @Test
    void oneProbeGoesThroughAndClosesIt() {
        open();
        ticker.passMillis(250);
        assertThat(breaker.admit()).isEqualTo(Permit.REFUSED);
        ticker.passMillis(2);

        Permit unused = probe();
        assertThat(breaker.admit()).as("beside the probe").isEqualTo(Permit.REFUSED);
        breaker.succeeded(Duration.ofMillis(3));

        assertThat(breaker.admit()).isEqualTo(Permit.FREE);
        assertThat(events).last().isEqualTo("closed after 252, failed probes 0");
    }

    @Test
    void theIntervalDoublesTo1300MillisecondsAndAfterAMinuteToFiveSeconds() {
        open();
        List<Long> intervals = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            chance = i < 1 ? 0 : 0.5; // the one after the second failed probe is the first that may be shorter too
            intervals.add(untilProbe().toMillis() - 1);
            ticker.pass(untilProbe().plusMillis(1));
            failProbe(ConnectOutcome.TIMED_OUT);
        }

        assertThat(intervals).startsWith(250L, 500L, 1000L, 1300L, 1300L).endsWith(5000L, 5000L);
        assertThat(intervals.indexOf(5000L)).isBetween(45, 50);
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING_UP", "WRONG_ROLE", "NO_CREDENTIALS", "ABANDONED"})
    void aProbeThatSaysNothingOfTheServerNeitherClosesNorCounts(ConnectOutcome outcome) {
        open();
        for (int i = 0; i < 5; i++) {
            ticker.pass(untilProbe().plusMillis(1));
            failProbe(outcome);
        }

        assertThat(Objects.requireNonNull(breaker.outage()).failedProbes()).isZero();
        assertThat(untilProbe()).as("is not asked the more often for it").isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatIsStartingUpIsAskedWithinOneConnect() {
        breaker.succeeded(Duration.ofMillis(3));
        open();
        ticker.pass(untilProbe().plusMillis(1));
        assertThat(breaker.probeLimit()).isEqualTo(Duration.ofMillis(500));
        failProbe(ConnectOutcome.STARTING_UP);

        assertThat(breaker.probeLimit()).isEqualTo(DEADLINE);
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
        Permit permit = probe();
        fail(ConnectOutcome.TIMED_OUT);
        assertThat(breaker.admit()).as("the probe is under way still").isEqualTo(Permit.REFUSED);

        breaker.succeeded(Duration.ofMillis(3));

        assertThat(breaker.outage()).isNull();
        breaker.failed(permit, Failures.of(ConnectOutcome.TIMED_OUT));
        assertThat(breaker.outage()).isNull();
    }

    @Test
    void aProbeThatEndsAfterAnotherHasClosedItOpensNothing() {
        open();
        ticker.passMillis(252);
        Permit late = probe();
        breaker.succeeded(Duration.ofMillis(3));
        poolIsEmpty = false;
        breaker.failed(late, Failures.of(ConnectOutcome.TIMED_OUT));

        assertThat(breaker.outage()).isNull();
    }

    @Test
    void observeTellsAndRefusesNobody() {
        breaker = breaker(BreakerMode.OBSERVE);
        poolIsEmpty = true;
        fail(ConnectOutcome.UNREACHABLE);

        assertThat(breaker.admit()).isEqualTo(Permit.FREE);
        assertThat(breaker.outage()).isNull();
        assertThat(breaker.probeLimit()).isEqualTo(DEADLINE);
        breaker.succeeded(Duration.ofMillis(3));

        assertThat(events).hasSize(2);
    }

    @Test
    void probesHaveTheDeadlineUntilSomethingIsLearnedAndThenFourTimesTheSlowest() {
        open();
        assertThat(breaker.probeLimit()).isEqualTo(DEADLINE);
        for (int i = 0; i < 50; i++) {
            breaker.succeeded(Duration.ofMillis(i == 7 ? 400 : 3));
        }
        open();
        assertThat(breaker.probeLimit()).isEqualTo(Duration.ofMillis(1600));
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMED_OUT", "NO_CREDENTIALS"})
    void theLimitOfProbesDoublesWithEachThatUsedItUpToTheDeadline(ConnectOutcome outcome) {
        breaker.succeeded(Duration.ofMillis(400));
        open();
        List<Long> limits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            limits.add(breaker.probeLimit().toMillis());
            ticker.pass(untilProbe().plusMillis(1));
            failProbe(Failures.of(outcome, breaker.probeLimit(), breaker.probeLimit()));
        }

        assertThat(limits).containsExactly(1600L, 3200L, 6400L, 12_800L, 25_600L, 30_000L, 30_000L);
    }

    @Test
    void theIntervalCountsFromTheBeginOfAProbeAndLeavesAPauseInAnyCase() {
        open();
        ticker.pass(untilProbe().plusMillis(1));
        Permit quick = probe();
        ticker.passMillis(200);
        breaker.failed(quick, Failures.of(ConnectOutcome.TIMED_OUT));
        assertThat(untilProbe()).isEqualTo(Duration.ofMillis(500 - 200 + 1));

        ticker.pass(untilProbe().plusMillis(1));
        Permit slow = probe();
        ticker.pass(Duration.ofSeconds(4));
        breaker.failed(slow, Failures.of(ConnectOutcome.TIMED_OUT));
        assertThat(untilProbe()).isEqualTo(Duration.ofMillis(251));
    }

    @Test
    void theLimitOfProbesStaysWhatItIsWhileTheServerRefusesAtOnce() {
        breaker.succeeded(Duration.ofMillis(3));
        open();
        for (int i = 0; i < 20; i++) {
            ticker.pass(untilProbe().plusMillis(1));
            failProbe(ConnectOutcome.UNREACHABLE);
        }

        assertThat(breaker.probeLimit()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aProbeWhoseReportNeverComesIsGivenUpAndItsLateReportDecidesNothing() {
        open();
        ticker.passMillis(252);
        Permit lost = probe();
        ticker.pass(DEADLINE.plusSeconds(4));
        assertThat(breaker.admit()).isEqualTo(Permit.REFUSED);
        ticker.passMillis(1000);

        assertThat(breaker.admit()).as("the next one is not due yet").isEqualTo(Permit.REFUSED);
        ticker.pass(untilProbe().plusMillis(1));
        Permit next = probe();
        breaker.failed(lost, Failures.of(ConnectOutcome.UNREACHABLE));
        assertThat(Objects.requireNonNull(breaker.outage()).failedProbes()).isZero();
        breaker.failed(next, Failures.of(ConnectOutcome.UNREACHABLE));

        assertThat(Objects.requireNonNull(breaker.outage()).failedProbes()).isOne();
    }

    @Test
    void anOutageThatNobodyProbesIsUnconfirmedUntilTheNextProbeHasFailed() {
        open();
        Outage fresh = Objects.requireNonNull(breaker.outage());
        assertThat(fresh.isConfirmed(ticker.nanos())).isTrue();
        ticker.pass(untilProbe());
        assertThat(fresh.isConfirmed(ticker.nanos())).as("when a probe is due").isTrue();
        ticker.pass(Duration.ofHours(1));
        assertThat(fresh.isConfirmed(ticker.nanos())).isFalse();

        Permit late = probe();
        assertThat(Objects.requireNonNull(breaker.outage()).isConfirmed(ticker.nanos()))
                .isFalse();
        breaker.failed(late, Failures.of(ConnectOutcome.UNREACHABLE));
        assertThat(Objects.requireNonNull(breaker.outage()).isConfirmed(ticker.nanos()))
                .isTrue();
    }

    @Test
    void aProbeInTimeKeepsItConfirmedHoweverLongItTakes() {
        open();
        ticker.pass(untilProbe().plusMillis(1));
        Permit unused = probe();
        ticker.pass(Duration.ofSeconds(20));

        assertThat(Objects.requireNonNull(breaker.outage()).isConfirmed(ticker.nanos()))
                .isTrue();
    }

    @Test
    void whatATaskThrowsReachesNobodyElse() {
        List<String> told = new ArrayList<>();
        breaker.onChange(() -> {
            throw new IllegalStateException("a pool that fails");
        });
        breaker.onChange(() -> told.add("changed"));
        open();

        assertThat(told).containsExactly("changed");
        assertThat(events).hasSize(1);
    }

    @Test
    void aRestartIsFollowedByNoSlowStart() {
        open();
        ticker.pass(Duration.ofSeconds(8));
        failProbe(ConnectOutcome.UNREACHABLE);
        breaker.succeeded(Duration.ofMillis(3));

        assertThat(breaker.takePlace()).isZero();
        assertThat(breaker.takePlace()).isZero();
    }

    @Test
    void connectionsAreMadeSlowlyAfterAnOutageAndAsUsualAfterTwentySeconds() {
        assertThat(breaker.takePlace()).isZero();
        open();
        ticker.pass(Duration.ofSeconds(10));
        failProbe(ConnectOutcome.UNREACHABLE);
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
