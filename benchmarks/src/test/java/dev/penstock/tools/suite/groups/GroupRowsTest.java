package dev.penstock.tools.suite.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.bench.Side;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.SuiteEffort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which rows made-up figures give, and what is judged. */
class GroupRowsTest {
    private static final List<Integer> THREADS = List.of(1, 2, 8, 64, 1_000);

    private static Rounds scaling(double ratio) {
        Map<String, Double> bare = new HashMap<>();
        for (int threads : THREADS) {
            for (int hold : ScalingWork.HOLDS) {
                bare.put(ScalingWork.cpu(threads, hold), 100.0 * threads);
                bare.put(ScalingWork.clock(threads, hold), 200.0 * threads);
            }
        }
        Map<String, Double> other = new HashMap<>();
        bare.forEach((name, value) -> other.put(name, ratio * value));
        return new Rounds(List.of(bare, bare), List.of(other, other));
    }

    private static List<Boolean> verdicts(List<Figure> rows) {
        return rows.stream()
                .map(Figure::promise)
                .filter(Objects::nonNull)
                .map(Figure.Kept::kept)
                .toList();
    }

    @Test
    void everyNumberOfThreadsIsJudged() {
        List<Figure> rows = ScalingGroup.rows(SuiteEffort.FULL, scaling(1.29), List.of(1, 2, 8, 64), 2, true);

        assertThat(rows).hasSize(5 * 2 * 4);
        assertThat(verdicts(rows)).hasSize(5 * 2 * 2).containsOnly(true);
        assertThat(verdicts(ScalingGroup.rows(SuiteEffort.FULL, scaling(1.31), List.of(1, 2, 8, 64), 2, true)))
                .containsOnly(false);
        assertThat(rows)
                .extracting(Figure::name)
                .doesNotHaveDuplicates()
                .contains(
                        "HikariCP, 1 thread",
                        "Penstock, everything on, 64 threads, 20 us held, by the clock",
                        "Penstock, everything on, 1000 virtual threads");
    }

    @Test
    void withoutVirtualThreadsTheirRowsAreLeftOut() {
        assertThat(ScalingGroup.rows(SuiteEffort.QUICK, scaling(1), List.of(1, 8), 1, false))
                .hasSize(2 * 4)
                .extracting(Figure::name)
                .noneMatch(name -> name.contains("virtual") || name.contains("held"));
        assertThat(ScalingGroup.leftOut(17))
                .isEqualTo("left out: 1000 virtual threads, which take JDK 21 or later, but this is 17");
    }

    @Test
    void aCheckDoesNotMissThemThere() {
        List<String> with = scalingRows(true);

        assertThat(with).noneMatch(row -> ScalingGroup.leavesOut(row, 21));
        assertThat(with.stream().filter(row -> !ScalingGroup.leavesOut(row, 17)))
                .hasSizeLessThan(with.size())
                .containsExactlyElementsOf(scalingRows(false));
    }

    private static List<String> scalingRows(boolean virtual) {
        return Stream.concat(
                        ScalingGroup.rows(SuiteEffort.FULL, scaling(1), List.of(1, 2, 8, 64), 2, virtual).stream(),
                        ScalingGroup.peerRows(peers(), virtual, line -> {}).stream())
                .map(Figure::name)
                .toList();
    }

    private static Map<Side, List<Map<String, Double>>> peers() {
        Map<String, Double> bare = scaling(1).bare().get(0);
        Map<Side, List<Map<String, Double>>> all = new EnumMap<>(Side.class);
        Side.peers().forEach(side -> all.put(side, List.of(bare, bare)));
        all.put(Side.HIKARI, List.of(bare, bare));
        return all;
    }

    @Test
    void otherPoolsAreShownAndOneThatFailedIsNot() {
        Map<Side, List<Map<String, Double>>> all = peers();
        all.put(Side.VIBUR, List.of(scaling(1).bare().get(0), Map.of()));

        assertThat(ScalingGroup.peerRows(all, true, line -> {}))
                .hasSize(10 * 2 * 2)
                .allSatisfy(row -> assertThat(row.promise()).isNull())
                .extracting(Figure::name)
                .contains("HikariCP, leakDetectionThreshold, 8 threads", "c3p0, 1000 virtual threads, by the clock")
                .noneMatch(name -> name.startsWith("Vibur") || name.startsWith("Penstock"));
        assertThat(ScalingGroup.peerRows(all, false, line -> {})).hasSize(10 * 2);
    }

    @Test
    void noneIsIfHikariFailedBesideThem() {
        Map<Side, List<Map<String, Double>>> all = peers();
        all.put(Side.HIKARI, List.of(Map.of(), scaling(1).bare().get(0)));
        List<String> lines = new ArrayList<>();

        assertThat(ScalingGroup.peerRows(all, true, lines::add)).isEmpty();
        assertThat(lines)
                .containsExactly(
                        "left out: other pools, because HikariCP could not be measured beside them every time");
    }

    private static List<Map<String, Double>> sweeps(double exponent, double fixed, double share) {
        return IntStream.range(0, 3)
                .mapToObj(fork -> {
                    Map<String, Double> figures = new HashMap<>();
                    for (int leases : List.of(1_000, 10_000, 100_000)) {
                        figures.put(SweeperWork.sweep(leases), fixed + 50 * Math.pow(leases, exponent));
                        figures.put(SweeperWork.share(leases), share);
                    }
                    return figures;
                })
                .toList();
    }

    @Test
    void theGrowthOfASweepIsJudgedAndItsShareOfACore() {
        List<Figure> linear = SweeperGroup.rows(SuiteEffort.FULL, sweeps(1, 0, 0.4));
        assertThat(linear).hasSize(8);
        assertThat(linear.get(0).name()).isEqualTo("one sweep of 1,000 leases");
        assertThat(linear.get(0).value()).isEqualTo(50);
        assertThat(verdicts(linear)).containsExactly(true, true, true);

        assertThat(verdicts(SweeperGroup.rows(SuiteEffort.FULL, sweeps(1.2, 0, 0.6))))
                .containsExactly(false, false, false);
    }

    @Test
    void whatASweepCostsWithoutLeasesDoesNotHideHowItGrows() {
        List<Figure> rows = SweeperGroup.rows(SuiteEffort.FULL, sweeps(1.2, 500_000, 0.4));

        assertThat(rows)
                .filteredOn(row -> row.name().startsWith("growth"))
                .extracting(
                        Figure::name,
                        row -> Objects.requireNonNull(row.promise()).kept())
                .containsExactly(
                        tuple("growth from 1,000 to 100,000 leases", true),
                        tuple("growth from 10,000 to 100,000 leases", false));
    }

    @Test
    void pagesOfMemoryAndStatementsAreNotJudged() {
        Map<String, Double> memory = Map.of(
                MemoryWork.heap(1),
                50_000.0,
                MemoryWork.heap(10),
                300_000.0,
                MemoryWork.threads(1),
                1.0,
                MemoryWork.threads(10),
                1.0);
        Map<String, Double> calls =
                Map.of("createStatement", 20.0, "prepareStatement", 90.0, "setAutoCommit", 4.0, "executeNothing", 5.0);

        assertThat(MemoryGroup.rows(
                        new Rounds(List.of(memory, memory), List.of(memory, memory)),
                        List.of(Map.of(LeaseMemoryWork.LEASE, 150.0), Map.of(LeaseMemoryWork.LEASE, 170.0))))
                .hasSize(9)
                .contains(new Figure("Penstock, open lease", 160, "B", null, null, null, 2, null))
                .allSatisfy(row -> assertThat(row.promise()).isNull());
        assertThat(PassThroughGroup.rows(new Rounds(List.of(calls, calls), List.of(calls, calls))))
                .hasSize(8)
                .allSatisfy(row -> assertThat(row.promise()).isNull());
    }
}
