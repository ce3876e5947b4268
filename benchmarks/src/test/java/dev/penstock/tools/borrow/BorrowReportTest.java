package dev.penstock.tools.borrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.bench.Side;
import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.SuiteEffort;
import dev.penstock.tools.turns.Fork;
import dev.penstock.tools.turns.Promise;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BorrowReportTest {
    private static final Promise PROMISE = new Promise(45, 64);

    private final BorrowReport report = new BorrowReport();

    private static Fork fork(double nanos, double bytes) {
        return new Fork(nanos, nanos + 50, bytes);
    }

    private static Map<Side, Fork> round(double bare, double penstock) {
        return Map.of(Side.HIKARI, fork(bare, 56), Side.PENSTOCK, fork(penstock, 96));
    }

    private String row(String start) {
        return report.table().lines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPeerIsComparedWithHikariInItsOwnRounds() {
        for (int i = 0; i < 2; i++) {
            report.add(10, Map.of(Side.HIKARI, fork(100, 56), Side.PENSTOCK, fork(120, 96), Side.DBCP2, fork(400, 56)));
        }
        report.add(10, round(500, 530));

        assertThat(row("DBCP2")).matches(".* 10 +2 +400.0 +450.0 +56.0 +300.0 +300.0 to 300.0 +0.0");
        assertThat(row("Penstock")).matches(".* 10 +3 +120.0 +170.0 +96.0 +20.0 .*40.0");
        assertThat(row("HikariCP")).matches(".* 10 +3 +100.0 +150.0 +56.0 +- +- +-");
    }

    @Test
    void everyDepthIsJudged() {
        for (int i = 0; i < 2; i++) {
            report.add(10, round(100, 130));
            report.add(100, round(300, 346));
        }

        assertThat(report.keeps(PROMISE)).isFalse();
        assertThat(report.verdicts(PROMISE))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("depth  10: ").endsWith("as promised"),
                        line -> assertThat(line).startsWith("depth 100: ").endsWith("BROKEN"));
        assertThat(report.keeps(new Promise(46, 64))).isTrue();
    }

    @Test
    void asRowsOfTheSuiteTheyAreNamedByDepthAndOursIsJudged() {
        for (int i = 0; i < 2; i++) {
            report.add(10, Map.of(Side.HIKARI, fork(100, 56), Side.PENSTOCK, fork(130, 96), Side.DBCP2, fork(400, 56)));
            report.add(100, Map.of(Side.HIKARI, fork(300, 56), Side.PENSTOCK_ALL, fork(346, 96)));
        }

        assertThat(report.figures(SuiteEffort.FULL, PROMISE))
                .containsExactly(
                        new Figure("HikariCP, depth 10", 100, "ns", null, null, 56.0, 2, null),
                        figure("Penstock, depth 10", 130, 1.3, 30, 96, PROMISED),
                        figure("DBCP2, depth 10", 400, 4, 300, 56, null),
                        new Figure("HikariCP, depth 100", 300, "ns", null, null, 56.0, 2, null),
                        figure("Penstock, everything on, depth 100", 346, 346 / 300.0, 46, 96, BROKEN));
    }

    private static final Figure.Kept PROMISED = new Figure.Kept("upper 95 % bound at most 45 ns, at most 64 B", true);
    private static final Figure.Kept BROKEN = new Figure.Kept(PROMISED.text(), false);

    private static Figure figure(
            String name, double nanos, double ratio, double above, double bytes, Figure.@Nullable Kept kept) {
        double estimate = Interval.ofRatios(ratio, ratio).estimate(); // through logarithms
        return new Figure(
                name,
                nanos,
                "ns",
                new Interval(estimate, estimate, estimate),
                new Interval(above, above, above),
                bytes,
                2,
                kept);
    }
}
