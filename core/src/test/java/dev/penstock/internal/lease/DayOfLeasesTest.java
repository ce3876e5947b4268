package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseVerdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A day of mixed load in a few seconds: who holds a connection for good reasons is never accused, who leaks one always
 * is, at once.
 */
class DayOfLeasesTest {
    private static final long LIMIT = 30 * LeaseDay.SECOND;

    /** Below the limit, however near. */
    private static final double ALMOST_SUSPECT = 29.4;

    private static final Duration DAY = Duration.ofHours(24);

    @Test
    @Tag("once") // by one thread on virtual time from a fixed seed: the same on every JDK
    void nobodyIsAccusedWithoutCauseAndEveryLeakIsReportedWithinASecond() {
        try (LeaseDay day = new LeaseDay(4)) {
            innocent(day);
            suspicious(day);
            leaks(day);
            day.pass(DAY);

            assertThat(day.wrong).isEmpty();
            assertThat(day.borrows).isGreaterThan(20_000);
            assertThat(day.openLeases()).isEqualTo(day.toursUnderWay());
            Map<LeaseVerdict, Integer> found = new EnumMap<>(LeaseVerdict.class);
            for (Tour tour : day.planted) {
                if (tour.reportedAfter == null) {
                    assertThat(day.openPlanted()).as("not reported, and over").contains(tour);
                    assertThat(day.now() - tour.quietSince).as("unreported").isLessThan(LIMIT + LeaseDay.SECOND);
                } else {
                    assertThat(tour.reportedAfter - LIMIT)
                            .as("from threshold to report of %s", tour.right)
                            .isBetween(0L, LeaseDay.SECOND);
                    found.merge(tour.right, 1, Integer::sum);
                }
            }
            assertThat(found)
                    .containsOnlyKeys(
                            LeaseVerdict.LEAKED_OWNER_DEAD,
                            LeaseVerdict.LEAKED_UNREACHABLE,
                            LeaseVerdict.LIKELY_LEAK,
                            LeaseVerdict.IDLE_IN_TRANSACTION,
                            LeaseVerdict.SLOW_STATEMENT);
            assertThat(found.values()).allMatch(count -> count > 20);
        }
    }

    /** Nothing at all may be said of these. */
    private static void innocent(LeaseDay day) {
        day.every(
                5,
                () -> { // fast
                    Tour tour = day.borrow(null);
                    day.statements(tour, 3, 0, 0.2, () -> day.ends(tour));
                });
        day.every(
                120,
                () -> { // thinks, every time almost too long
                    Tour tour = day.borrow(null);
                    day.statements(tour, 20, 1, ALMOST_SUSPECT, () -> day.ends(tour));
                });
        day.every(
                180,
                () -> { // a transaction that thinks
                    Tour tour = day.borrow(null);
                    day.statement(tour, 0.1, () -> {
                        day.begins(tour);
                        day.statements(tour, 5, 1, ALMOST_SUSPECT, () -> {
                            day.commits(tour);
                            day.ends(tour);
                        });
                    });
                });
        day.every(
                1800,
                () -> { // batch
                    Tour tour = day.borrow(null, Terms.expecting(Duration.ofHours(1)));
                    day.statements(tour, 4, 60, 1500, () -> day.ends(tour));
                });
        day.every(
                120,
                () -> { // handed over to another thread, and the borrower ends
                    Tour tour = day.borrowAndDie(null);
                    day.statements(tour, 20, 1, ALMOST_SUSPECT, () -> day.ends(tour));
                });
        day.every(
                120,
                () -> { // only a statement is kept
                    Tour tour = day.borrow(null);
                    day.statement(tour, 0.1, () -> {
                        day.forgets(tour);
                        day.statements(tour, 20, 1, ALMOST_SUSPECT, () -> day.endsUnderneath(tour));
                    });
                });
        day.every(
                60,
                () -> { // closed through statement.getConnection()
                    Tour tour = day.borrow(null);
                    day.statements(tour, 2, 0, 5, () -> day.endsUnderneath(tour));
                });
        day.every(
                60,
                () -> { // the same, after the borrower has ended
                    Tour tour = day.borrowAndDie(null);
                    day.statements(tour, 2, 0, 5, () -> day.endsUnderneath(tour));
                });
    }

    /** Something is to be said of these, but not that they are leaks. */
    private static void suspicious(LeaseDay day) {
        day.every(300, () -> {
            Tour tour = day.borrow(LeaseVerdict.SLOW_STATEMENT);
            day.statement(tour, day.between(33, 900), () -> day.ends(tour));
        });
        day.every(
                600,
                () -> { // handed over
                    Tour tour = day.borrowAndDie(LeaseVerdict.SLOW_STATEMENT);
                    day.statement(tour, day.between(33, 900), () -> day.ends(tour));
                });
        day.every(
                600,
                () -> { // only the statement is known, and it runs
                    Tour tour = day.borrow(LeaseVerdict.SLOW_STATEMENT);
                    day.forgets(tour);
                    day.statement(tour, day.between(33, 900), () -> day.endsUnderneath(tour));
                });
        day.every(300, () -> {
            Tour tour = day.borrow(LeaseVerdict.IDLE_IN_TRANSACTION);
            day.begins(tour);
            day.statement(
                    tour,
                    0.1,
                    () -> day.in(day.between(33, 900), () -> {
                        day.commits(tour);
                        day.ends(tour);
                    }));
        });
    }

    /** Held for so long, then an operator has enough. */
    private static void leaks(LeaseDay day) {
        day.every(300, () -> {
            Tour tour = day.borrow(LeaseVerdict.LIKELY_LEAK);
            day.statement(tour, 0.1, () -> day.in(day.between(33, 3600), () -> day.ends(tour)));
        });
        day.every(300, () -> {
            Tour tour = day.borrow(LeaseVerdict.LIKELY_LEAK);
            day.in(day.between(33, 3600), () -> day.ends(tour));
        });
        day.every(300, () -> {
            Tour tour = day.borrowAndDie(LeaseVerdict.LEAKED_OWNER_DEAD);
            day.statements(tour, 2, 0, 20, () -> day.in(day.between(33, 3600), () -> day.ends(tour)));
        });
        day.every(300, () -> {
            Tour tour = day.borrow(LeaseVerdict.LEAKED_UNREACHABLE);
            day.statements(tour, 2, 0, 20, () -> {
                day.forgets(tour);
                day.in(day.between(33, 3600), () -> day.endsUnderneath(tour));
            });
        });
    }
}
