package dev.penstock.replay.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.replay.pools.Borrow.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
    /** Near the overflow, as {@link System#nanoTime} may be. */
    private static final long START = Long.MAX_VALUE - 500_000_000L;

    private static final Phases PHASES = new Phases(at(0), at(1_000), at(3_000), at(6_020));

    private static long at(long millis) {
        return START + millis * 1_000_000;
    }

    private static Borrow served(long endMillis) {
        return new Borrow(1, at(endMillis), Duration.ofMillis(1), Ending.SERVED);
    }

    private static Borrow failed(long endMillis) {
        return new Borrow(1, at(endMillis), Duration.ofSeconds(1), Ending.REFUSED);
    }

    private static final Tally RECOVERED = new Tally(
            List.of(served(100), served(999), failed(2_000), failed(3_000), served(4_250), served(5_900)), PHASES);
    private static final Tally WEDGED = new Tally(List.of(served(100), failed(2_000), failed(4_000)), PHASES);

    @Test
    void aBorrowCountsForThePhaseInWhichItWasOver() {
        assertThat(RECOVERED.before()).isEqualTo("2 / 0");
        assertThat(RECOVERED.during()).isEqualTo("0 / 1");
        assertThat(RECOVERED.after()).isEqualTo("2 / 1");
    }

    @Test
    void recoveryIsTheFirstBorrowServedAfterHealing() {
        assertThat(RECOVERED.recoveredAfter()).contains(Duration.ofMillis(1_250));
        assertThat(WEDGED.recoveredAfter()).isEmpty();
    }

    @Test
    void theLongestWaitIsAmongAllBorrows() {
        assertThat(RECOVERED.longestWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Tally(List.of(), PHASES).longestWait()).isZero();
    }

    @Test
    void everyBorrowerHasToBeServedAgain() {
        Tally tally = new Tally(
                List.of(
                        new Borrow(1, at(3_400), Duration.ZERO, Ending.SERVED),
                        new Borrow(1, at(5_000), Duration.ZERO, Ending.SERVED),
                        new Borrow(2, at(3_100), Duration.ZERO, Ending.BROKEN),
                        new Borrow(2, at(3_200), Duration.ZERO, Ending.SERVED)),
                PHASES);

        assertThat(tally.allRecoveredAfter(2)).contains(Duration.ofMillis(400));
        assertThat(tally.allRecoveredAfter(3)).isEmpty();
    }

    @Test
    void aConnectionThatBreaksOnLoanWasLentAllTheSame() {
        Tally tally = new Tally(List.of(served(100), new Borrow(1, at(1_100), Duration.ZERO, Ending.BROKEN)), PHASES);

        assertThat(tally.broken()).isEqualTo(1);
        assertThat(tally.refused()).isZero();
        assertThat(tally.during()).isEqualTo("0 / 1");
        assertThat(RECOVERED.broken()).isZero();
        assertThat(RECOVERED.refused()).isEqualTo(2);
    }

    @Test
    void atOnceAreThoseRefusedWhoCameAfterTheFirst() {
        Tally tally = new Tally(
                List.of(
                        refused(1_500, 400), // the first
                        refused(1_600, 300), // had come before it was refused
                        refused(1_700, 1),
                        refused(1_800, 2),
                        refused(1_900, 3),
                        served(1_950),
                        refused(3_100, 50)), // the server is back
                PHASES);

        assertThat(tally.countRefusedAtOnce()).isEqualTo(3);
        assertThat(tally.refusedWithin(0.5)).contains(Duration.ofMillis(2));
        assertThat(tally.refusedWithin(0.99)).contains(Duration.ofMillis(3));
        assertThat(new Tally(List.of(served(1_500)), PHASES).refusedWithin(0.99))
                .isEmpty();
    }

    private static Borrow refused(long endMillis, long waitedMillis) {
        return new Borrow(1, at(endMillis), Duration.ofMillis(waitedMillis), Ending.REFUSED);
    }

    @Test
    void theTimelineHasOneCharacterPerFullStep() {
        assertThat(RECOVERED.timeline(Duration.ofMillis(500))).isEqualTo("##......#..#");
        assertThat(WEDGED.timeline(Duration.ofMillis(500))).isEqualTo("#...........");
    }

    @Test
    void theServersStateStandsAboveBothTimelines() {
        Comparison comparison = new Comparison(WEDGED, RECOVERED, Optional.empty());

        assertThat(comparison.timeline(Duration.ofMillis(250)).subList(0, 3))
                .containsExactly(
                        "            well|silent |well again",
                        "plain       #.......................",
                        "Penstock    #..#.............#.....#");
    }

    @Test
    void theReportSaysWhoCameBack() {
        Comparison wedged = new Comparison(WEDGED, RECOVERED, Optional.of("ConnectionFactoryImpl.doAuthentication"));
        Comparison reversed = new Comparison(RECOVERED, WEDGED, Optional.empty());

        assertThat(wedged.explanation().get(0))
                .startsWith("Plain HikariCP stayed down")
                .contains("doAuthentication");
        assertThat(wedged.table().lines())
                .anyMatch(line -> line.matches("first one served.*NEVER \\(in 3\\.02 s\\) +1\\.25 s"));
        assertThat(reversed.explanation())
                .containsExactly(
                        "This time plain HikariCP came back by itself.",
                        "The pool over Penstock did not come back either.");
    }
}
