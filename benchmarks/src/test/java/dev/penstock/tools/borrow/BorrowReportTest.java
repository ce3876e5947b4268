package dev.penstock.tools.borrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.bench.Side;
import dev.penstock.tools.turns.Fork;
import dev.penstock.tools.turns.Promise;
import java.util.Map;
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
}
