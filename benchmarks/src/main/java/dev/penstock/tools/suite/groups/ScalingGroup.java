package dev.penstock.tools.suite.groups;

import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.Promised;
import dev.penstock.tools.suite.SuiteEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Borrow and return over ten connections by few threads and by many, bare HikariCP against Penstock with everything at
 * its default; each without a hold, and with one of some 20 us of work in which the borrower gives the processor away
 * once, so that those who find no connection do wait.
 *
 * <p>Of each row there are two figures. Processor time per borrow is that of all threads together, the pool's own too:
 * what others do on the machine adds little to it, and as these borrowers have nothing else to do it is what a busy
 * machine has to spend. It does not see how long somebody stands in line; by the clock one does: that is the time
 * between two borrows of all threads together, the inverse of their throughput. Neither can be had by stealing from the
 * other, so the promise is of both. On a machine with fewer cores than threads, such as one with two, the clock also has
 * in it whom the operating system lets run while another holds what he waits for; that is the same for both sides, and
 * makes the interval wide, not the ratio high.
 *
 * <p>Virtual threads take JDK 21; before, those rows are left out, and that is said.
 */
public final class ScalingGroup implements Group {
    private static final double MOST = 1.3;
    private static final List<Integer> PLATFORM = List.of(1, 2, 8, 64);
    private static final int VIRTUAL = 1_000;
    private static final int FIRST_WITH_VIRTUAL = 21;

    /** Makes the group. */
    public ScalingGroup() {}

    @Override
    public String name() {
        return "scaling";
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
        int java = Runtime.version().feature();
        boolean virtual = java >= FIRST_WITH_VIRTUAL;
        if (!virtual) {
            progress.accept(leftOut(java));
        }
        try (BenchPostgres postgres = BenchPostgres.start()) {
            Rounds rounds = Rounds.run(
                    effort == SuiteEffort.FULL ? 7 : 3,
                    side -> new Assignment(Work.SCALING, side, postgres.target(), details(effort, virtual))
                            .measure(InThisJvm.OPTIONS),
                    progress);
            return rows(effort, rounds, virtual);
        }
    }

    static String leftOut(int java) {
        return "left out: " + VIRTUAL + " virtual threads, which take JDK " + FIRST_WITH_VIRTUAL
                + " or later, but this is " + java;
    }

    private static List<String> details(SuiteEffort effort, boolean virtual) {
        List<String> details = new ArrayList<>(effort == SuiteEffort.FULL ? List.of("8", "200") : List.of("4", "60"));
        details.add(Integer.toString(virtual ? VIRTUAL : 0));
        PLATFORM.forEach(count -> details.add(Integer.toString(count)));
        return details;
    }

    static List<Figure> rows(SuiteEffort effort, Rounds rounds, boolean virtual) {
        List<Figure> rows = new ArrayList<>();
        for (int hold : ScalingWork.HOLDS) {
            PLATFORM.forEach(count -> rows.addAll(rows(effort, rounds, count, hold, "thread")));
            if (virtual) {
                rows.addAll(rows(effort, rounds, VIRTUAL, hold, "virtual thread"));
            }
        }
        return rows;
    }

    private static List<Figure> rows(SuiteEffort effort, Rounds rounds, int count, int hold, String kind) {
        String what = count + " " + kind + (count == 1 ? "" : "s") + (hold == 0 ? "" : ", 20 us held");
        String cpu = ScalingWork.cpu(count, hold);
        String clock = ScalingWork.clock(count, hold);
        return List.of(
                rounds.bareRow("HikariCP, " + what, cpu, "ns"),
                rounds.row("Penstock, " + what, cpu, "ns", promise(effort, rounds, cpu)),
                rounds.bareRow("HikariCP, " + what + ", by the clock", clock, "ns"),
                rounds.row("Penstock, " + what + ", by the clock", clock, "ns", promise(effort, rounds, clock)));
    }

    private static Figure.Kept promise(SuiteEffort effort, Rounds rounds, String name) {
        return Promised.atMost(effort, MOST, "x", rounds.ratio(name));
    }
}
