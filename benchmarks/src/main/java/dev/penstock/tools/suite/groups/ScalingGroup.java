package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Side;
import dev.penstock.tools.pools.Target;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.Promised;
import dev.penstock.tools.suite.SuiteEffort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Borrow and return over ten connections by few threads and by many, bare HikariCP against Penstock with everything on
 * that costs something in use; each without a hold, and with one of some 20 us of work in which the borrower gives the
 * processor away once, so that those who find no connection do wait.
 *
 * <p>Of each row there are two figures. Processor time per borrow is that of all threads together, the pool's own too:
 * what others do on the machine adds little to it, and as these borrowers have nothing else to do it is what a busy
 * machine has to spend. It does not see how long somebody stands in line; by the clock one does: that is the time
 * between two borrows of all threads together, the inverse of their throughput. Neither can be had by stealing from the
 * other, so the promise is of both. On a machine with fewer cores than threads, such as one with two, the clock also has
 * in it whom the operating system lets run while another holds what he waits for; that is the same for both sides, and
 * makes the interval wide, not the ratio high.
 *
 * <p>With quick effort it is 1 and 8 threads without a hold. With full effort other pools are shown too, by eight threads and by virtual
 * ones, without a hold; one that cannot be measured has no rows.
 *
 * <p>Virtual threads take JDK 21; before, those rows are left out, that is said, and a check does not miss them.
 */
public final class ScalingGroup implements Group {
    private static final double MOST = 1.3;
    private static final List<Integer> PLATFORM = List.of(1, 2, 8, 64);
    private static final List<Integer> PLATFORM_QUICK = List.of(1, 8);
    private static final int VIRTUAL = 1_000;
    private static final int FIRST_WITH_VIRTUAL = 21;
    private static final String VIRTUAL_KIND = "virtual thread";

    private static final int PEER_ROUNDS = 3;
    private static final List<Integer> PEER_THREADS = List.of(8);
    private static final List<Side> PEERS = Side.peers().stream()
            .filter(side -> side != Side.PENSTOCK_ALL && side != Side.GATE)
            .toList();

    /** Makes the group. */
    public ScalingGroup() {}

    @Override
    public String name() {
        return "scaling";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 35 : 840);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
        int java = Runtime.version().feature();
        boolean full = effort == SuiteEffort.FULL;
        boolean virtual = full && java >= FIRST_WITH_VIRTUAL;
        if (full && !virtual) {
            progress.accept(leftOut(java));
        }
        List<Integer> threads = full ? PLATFORM : PLATFORM_QUICK;
        try (BenchPostgres postgres = BenchPostgres.start()) {
            int holds = full ? ScalingWork.HOLDS.size() : 1;
            List<String> details = details(full ? List.of("6", "150") : List.of("4", "60"), virtual, holds, threads);
            Rounds rounds = Rounds.inTurn(
                    full ? 9 : 3, Side.PENSTOCK_ALL, side -> measure(side, postgres.target(), details), progress);
            List<Figure> rows = rows(effort, rounds, threads, holds, virtual);
            if (full) {
                rows.addAll(peerRows(peers(postgres.target(), virtual, progress), virtual, progress));
            }
            return rows;
        }
    }

    @Override
    public boolean leavesOut(String row) {
        return leavesOut(row, Runtime.version().feature());
    }

    static boolean leavesOut(String row, int java) {
        return java < FIRST_WITH_VIRTUAL && row.contains(", " + what(VIRTUAL, 0, VIRTUAL_KIND));
    }

    private static Map<String, Double> measure(Side side, Target target, List<String> details) throws Exception {
        return new Assignment(Work.SCALING, side, target, details).measure(InThisJvm.OPTIONS);
    }

    private static Map<Side, List<Map<String, Double>>> peers(Target target, boolean virtual, Consumer<String> progress)
            throws Exception {
        List<String> details = details(List.of("6", "100"), virtual, 1, PEER_THREADS);
        List<Side> sides = new ArrayList<>(PEERS);
        sides.add(0, Side.HIKARI);
        return Rounds.allInTurn(PEER_ROUNDS, sides, side -> orNothing(side, target, details, progress), progress);
    }

    /** What another pool cannot do must not void what was measured. */
    private static Map<String, Double> orNothing(
            Side side, Target target, List<String> details, Consumer<String> progress) throws Exception {
        try {
            return measure(side, target, details);
        } catch (IOException e) {
            progress.accept(side.title() + " could not be measured: " + e.getMessage());
            return Map.of();
        }
    }

    static String leftOut(int java) {
        return "left out: " + VIRTUAL + " virtual threads, which take JDK " + FIRST_WITH_VIRTUAL
                + " or later, but this is " + java;
    }

    private static List<String> details(List<String> iterations, boolean virtual, int holds, List<Integer> threads) {
        List<String> details = new ArrayList<>(iterations);
        details.add(Integer.toString(virtual ? VIRTUAL : 0));
        details.add(Integer.toString(holds));
        threads.forEach(count -> details.add(Integer.toString(count)));
        return details;
    }

    /** Of those that could be measured every time; of none if HikariCP, which they are set beside, could not. */
    static List<Figure> peerRows(Map<Side, List<Map<String, Double>>> all, boolean virtual, Consumer<String> progress) {
        if (!measuredEveryTime(all, Side.HIKARI)) {
            progress.accept("left out: other pools, because HikariCP could not be measured beside them every time");
            return List.of();
        }
        List<Figure> rows = new ArrayList<>();
        for (Side side : PEERS) {
            if (measuredEveryTime(all, side)) {
                Rounds rounds = Rounds.of(all, side);
                PEER_THREADS.forEach(count -> rows.addAll(peerRows(rounds, side, count, "thread")));
                if (virtual) {
                    rows.addAll(peerRows(rounds, side, VIRTUAL, VIRTUAL_KIND));
                }
            }
        }
        return rows;
    }

    private static boolean measuredEveryTime(Map<Side, List<Map<String, Double>>> all, Side side) {
        return all.getOrDefault(side, List.of()).stream().noneMatch(Map::isEmpty);
    }

    private static List<Figure> peerRows(Rounds rounds, Side side, int count, String kind) {
        String name = side.title() + ", " + what(count, 0, kind);
        return List.of(
                rounds.row(name, ScalingWork.cpu(count, 0), "ns", null),
                rounds.row(name + ", by the clock", ScalingWork.clock(count, 0), "ns", null));
    }

    private static String what(int count, int hold, String kind) {
        return count + " " + kind + (count == 1 ? "" : "s") + (hold == 0 ? "" : ", 20 us held");
    }

    static List<Figure> rows(SuiteEffort effort, Rounds rounds, List<Integer> threads, int holds, boolean virtual) {
        List<Figure> rows = new ArrayList<>();
        for (int hold : ScalingWork.HOLDS.subList(0, holds)) {
            threads.forEach(count -> rows.addAll(rows(effort, rounds, count, hold, "thread")));
            if (virtual) {
                rows.addAll(rows(effort, rounds, VIRTUAL, hold, VIRTUAL_KIND));
            }
        }
        return rows;
    }

    private static List<Figure> rows(SuiteEffort effort, Rounds rounds, int count, int hold, String kind) {
        String what = what(count, hold, kind);
        String cpu = ScalingWork.cpu(count, hold);
        String clock = ScalingWork.clock(count, hold);
        return List.of(
                rounds.bareRow(Side.HIKARI.title() + ", " + what, cpu, "ns"),
                rounds.row(Side.PENSTOCK_ALL.title() + ", " + what, cpu, "ns", promise(effort, rounds, cpu)),
                rounds.bareRow(Side.HIKARI.title() + ", " + what + ", by the clock", clock, "ns"),
                rounds.row(
                        Side.PENSTOCK_ALL.title() + ", " + what + ", by the clock",
                        clock,
                        "ns",
                        promise(effort, rounds, clock)));
    }

    private static Figure.Kept promise(SuiteEffort effort, Rounds rounds, String name) {
        return Promised.atMost(effort, MOST, "x", rounds.ratio(name));
    }
}
