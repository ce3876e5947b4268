package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static List<String> broken(PoolKind pool, Fault fault, Figures... runs) {
        CellResult result = new CellResult(pool, fault);
        List.of(runs).forEach(result::count);
        return Promise.broken(result);
    }

    private static FiguresBuilder run() {
        return new FiguresBuilder();
    }

    @Test
    void othersAreNeverJudged() {
        Figures bad = run().longest(40_000, true).hung(20).recovery(NEVER).build();

        for (PoolKind pool : PoolKind.values()) {
            assertThat(broken(pool, Fault.SILENT, bad).isEmpty())
                    .as(pool.title())
                    .isEqualTo(!pool.ours());
        }
    }

    @Test
    void aCallMayOverrunItsLimitByTheTolerance() {
        assertThat(broken(
                        PoolKind.PENSTOCK,
                        Fault.REFUSED,
                        run().longest(1100, false).build()))
                .isEmpty();
        assertThat(broken(
                        PoolKind.PENSTOCK,
                        Fault.REFUSED,
                        run().longest(1101, false).build()))
                .containsExactly("a call took 1101 ms, 1100 ms are allowed");
    }

    @Test
    void withDefaultsTheLimitIsThePoolsOwn() {
        Figures late = run().failed(0, 0).longest(30_100, false).build();
        Figures later = run().failed(0, 0).longest(30_101, false).build();

        assertThat(broken(PoolKind.PENSTOCK, Fault.RESTART, late)).isEmpty();
        assertThat(broken(PoolKind.PENSTOCK, Fault.RESTART, later)).hasSize(1);
    }

    @Test
    void nobodyMayHangAndSomebodyMustBeServedAgain() {
        assertThat(broken(PoolKind.PENSTOCK, Fault.KILLED, run().hung(1).build()))
                .containsExactly("1 callers hung at the end of the outage");
        assertThat(broken(PoolKind.PENSTOCK, Fault.KILLED, run().recovery(NEVER).build()))
                .containsExactly("nobody was served afterwards");
    }

    @Test
    void afterASilentPeerMedianAndWorstAreLimited() {
        Figures quick = run().recovery(1500).build();
        Figures slow = run().recovery(3000).build();
        Figures tooSlow = run().recovery(3001).build();

        assertThat(broken(PoolKind.PENSTOCK, Fault.SILENT, quick, quick, quick, slow, slow))
                .isEmpty();
        assertThat(broken(PoolKind.PENSTOCK, Fault.SILENT, quick, quick, quick, slow, tooSlow))
                .containsExactly("served again after 1500 ms (median) and 3001 ms (worst), 1500 and 3000 are allowed");
        assertThat(broken(PoolKind.PENSTOCK, Fault.SILENT, quick, quick, slow, slow, slow))
                .hasSize(1);
        assertThat(broken(PoolKind.PENSTOCK, Fault.REFUSED, tooSlow)).isEmpty();
    }

    @Test
    void fewRunsAreNoMedianButTheWorstCounts() {
        Figures slow = run().recovery(3000).build();
        Figures tooSlow = run().recovery(3001).build();

        assertThat(broken(PoolKind.PENSTOCK, Fault.SILENT, slow, slow, slow, slow))
                .isEmpty();
        assertThat(broken(PoolKind.PENSTOCK, Fault.SILENT, tooSlow)).hasSize(1);
    }

    @Test
    void throughARestartNoBorrowMayFailNotEvenAfterIt() {
        assertThat(broken(PoolKind.PENSTOCK, Fault.RESTART, run().failed(0, 0).build()))
                .isEmpty();
        assertThat(broken(PoolKind.PENSTOCK, Fault.RESTART, run().failed(0, 1).build()))
                .containsExactly("1 borrows failed, none may");
    }

    @Test
    void whatCouldNotBeMeasuredIsBroken() {
        CellResult result = new CellResult(PoolKind.PENSTOCK, Fault.SILENT);
        result.count(run().build());
        result.fail("the cell was gone");

        assertThat(Promise.broken(result)).containsExactly("could not be measured: the cell was gone");
        assertThat(broken(PoolKind.PENSTOCK, Fault.SILENT)).hasSize(1);
    }

    @Test
    void onlyAStallThatExplainsTheDelayMakesItDoubtful() {
        assertThat(doubtful(PoolKind.PENSTOCK, 1180, 90)).isTrue();
        assertThat(doubtful(PoolKind.PENSTOCK, 1180, 70)).isFalse();
        assertThat(doubtful(PoolKind.PENSTOCK, 1140, 45)).isFalse();
        assertThat(doubtful(PoolKind.PENSTOCK, 1090, 90)).isFalse();
        assertThat(doubtful(PoolKind.HIKARI, 1180, 90)).isFalse();
    }

    private static boolean doubtful(PoolKind pool, double longestMillis, double stallMillis) {
        return Promise.doubtful(
                pool,
                Fault.SILENT,
                run().longest(longestMillis, false).stall(stallMillis).build());
    }
}
