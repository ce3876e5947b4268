package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fault from 10 s to 20 s, watched until 50 s. The clock begins near its overflow, as nanoTime may. */
class TallyTest {
    private static final long ZERO = Long.MAX_VALUE - seconds(15);
    private static final Timeline TIMELINE = new Timeline(at(10), at(20), at(50));

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    private static long at(double seconds) {
        return ZERO + seconds(seconds);
    }

    private static Call call(int caller, Outcome outcome, double endedAt) {
        return new Call(caller, outcome, at(endedAt), seconds(0.001));
    }

    private static Tally tally(Call... calls) {
        return new Tally(List.of(calls), TIMELINE, List.of(), List.of());
    }

    @Test
    void aBorrowCountsWhereItEnds() {
        Tally tally = tally(
                call(0, Outcome.FAILED, 9.999),
                call(0, Outcome.FAILED, 10),
                call(0, Outcome.FAILED, 19.999),
                call(0, Outcome.DEAD, 15),
                call(0, Outcome.FAILED, 20),
                call(0, Outcome.SERVED, 21));

        assertThat(tally.duringOutage(Outcome.FAILED)).isEqualTo(2);
        assertThat(tally.duringOutage(Outcome.DEAD)).isEqualTo(1);
        assertThat(tally.duringOutage(Outcome.SERVED)).isZero();
        assertThat(tally.afterwards(Outcome.FAILED)).isEqualTo(1);
        assertThat(tally.afterwards(Outcome.SERVED)).isEqualTo(1);
    }

    @Test
    void recoveryIsTheFirstAnswerAfterTheOutageWhoeverGetsIt() {
        Tally tally = tally(
                call(0, Outcome.SERVED, 12),
                call(0, Outcome.DEAD, 20.5),
                call(1, Outcome.SERVED, 23),
                call(0, Outcome.SERVED, 21.5));

        assertThat(tally.recoveryMillis()).isEqualTo(1500);
        assertThat(tally.everyoneMillis(2)).isEqualTo(3000);
    }

    @Test
    void whoeverIsNotServedAgainIsWaitedForForEver() {
        Tally tally = tally(call(0, Outcome.SERVED, 19), call(1, Outcome.SERVED, 22));

        assertThat(tally.recoveryMillis()).isEqualTo(2000);
        assertThat(tally.everyoneMillis(2)).isInfinite();
        assertThat(tally(call(0, Outcome.SERVED, 19)).recoveryMillis()).isInfinite();
    }

    @Test
    void theGapIsTheLongestTimeWithoutAnAnswer() {
        assertThat(tally(call(0, Outcome.SERVED, 9), call(0, Outcome.SERVED, 14), call(1, Outcome.SERVED, 49))
                        .gapMillis())
                .isEqualTo(35_000);
        assertThat(tally(call(0, Outcome.SERVED, 48), call(0, Outcome.SERVED, 12))
                        .gapMillis())
                .isEqualTo(36_000);
        assertThat(tally(call(0, Outcome.FAILED, 30)).gapMillis()).isEqualTo(40_000);
    }

    @Test
    void theLongestCallMayStillRun() {
        List<Call> calls = List.of(new Call(0, Outcome.FAILED, at(12), seconds(3)));

        Tally back = new Tally(calls, TIMELINE, List.of(), List.of(0L, seconds(2)));
        Tally inside = new Tally(calls, TIMELINE, List.of(), List.of(0L, seconds(4)));

        assertThat(back.longestNanos()).isEqualTo(seconds(3));
        assertThat(back.longestStillRuns()).isFalse();
        assertThat(inside.longestNanos()).isEqualTo(seconds(4));
        assertThat(inside.longestStillRuns()).isTrue();
    }

    @Test
    void hungIsWhoeverIsInsideBeyondTheLimitAndTheTolerance() {
        List<Long> inside =
                Stream.of(0.0, 0.9, 1.1, 1.101, 9.0).map(TallyTest::seconds).toList();
        Tally tally = new Tally(List.of(), TIMELINE, inside, List.of());

        assertThat(tally.hung(Duration.ofSeconds(1))).isEqualTo(2);
        assertThat(tally.hung(null)).isZero();
    }
}
