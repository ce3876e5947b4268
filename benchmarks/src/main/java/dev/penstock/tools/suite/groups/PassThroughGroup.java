package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Side;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.SuiteEffort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Calls on a leased connection, everything on, against the same on HikariCP's own: what the handle of a lease adds to each. Statements
 * are HikariCP's own in both, so nothing is added to what is done with them. Nothing is sent; with a round trip to a
 * server below it, some tens of microseconds, what is to be seen here would be lost in that. Nothing is promised of it.
 *
 * <p>Judged by processor time of the thread in its fastest iteration, as in {@link dev.penstock.tools.turns}.
 */
public final class PassThroughGroup implements Group {
    /** What a row is called, by method of the benchmark. */
    private static final Map<String, String> CALLS = Map.of(
            "createStatement", "createStatement and close",
            "prepareStatement", "prepareStatement and close",
            "setAutoCommit", "setAutoCommit to what it is",
            "executeNothing", "an execute that sends nothing");

    /** Makes the group. */
    public PassThroughGroup() {}

    @Override
    public String name() {
        return "pass-through";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 28 : 180);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
        boolean full = effort == SuiteEffort.FULL;
        List<String> details = full ? List.of("10", "200") : List.of("6", "60");
        try (BenchPostgres postgres = BenchPostgres.start()) {
            return rows(Rounds.inTurn(
                    full ? 5 : 3,
                    Side.PENSTOCK_ALL,
                    side -> new Assignment(Work.PASS_THROUGH, side, postgres.target(), details)
                            .measure(InThisJvm.OPTIONS),
                    progress));
        }
    }

    static List<Figure> rows(Rounds rounds) {
        List<Figure> rows = new ArrayList<>();
        CALLS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(call -> {
            rows.add(rounds.bareRow(Side.HIKARI.title() + ", " + call.getValue(), call.getKey(), "ns"));
            rows.add(rounds.row(Side.PENSTOCK_ALL.title() + ", " + call.getValue(), call.getKey(), "ns", null));
        });
        return rows;
    }
}
