package dev.penstock.tools.outage;

import dev.penstock.tools.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The tables, one per fault, what they were measured under, and what is made of ours. */
final class OutageReport {
    private final OutagePlan plan;
    private final Surroundings surroundings;
    private final List<CellResult> results;

    OutageReport(OutagePlan plan, Surroundings surroundings, List<CellResult> results) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.results = List.copyOf(results);
    }

    /** Whether nothing that is promised was broken. */
    boolean kept() {
        return results.stream().allMatch(result -> Promise.broken(result).isEmpty());
    }

    /** For the terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(surroundings.line());
        conditions().forEach(condition -> lines.add("- " + condition));
        for (Fault fault : plan.faults()) {
            lines.add("");
            lines.add(fault.description());
            lines.addAll(table(fault).lines());
        }
        lines.add("");
        lines.addAll(remarks());
        return lines;
    }

    /** The same for a file. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("# Outage benchmark");
        lines.add("");
        lines.add(surroundings.line() + ".");
        lines.add("");
        conditions().forEach(condition -> lines.add("- " + condition + "."));
        for (Fault fault : plan.faults()) {
            lines.add("");
            lines.add("## " + fault.key());
            lines.add("");
            lines.add(fault.description() + ".");
            lines.add("");
            lines.addAll(table(fault).markdown());
        }
        lines.add("");
        remarks().forEach(remark -> lines.add("- " + remark));
        return lines;
    }

    private List<String> conditions() {
        return List.of(
                "outage " + Words.seconds(plan.outage()) + ", then watched for "
                        + Words.seconds(plan.watch()) + " or until every caller has been served, "
                        + plan.repeat() + " run(s) per cell, each in a JVM of its own"
                        + (plan.repeat() == 1
                                ? ""
                                : ", each outage "
                                        + OutagePlan.SPREAD
                                                .dividedBy(plan.repeat())
                                                .toMillis()
                                        + " ms longer than the one before; counts are medians, times median (worst), longest"
                                        + " call, hung and threads worst"),
                Limits.CALLERS + " callers: each borrows, asks SELECT 1 with a limit of "
                        + Words.seconds(Limits.QUERY) + " for that query alone, holds "
                        + Limits.HOLD.toMillis() + " ms, returns, rests " + Limits.REST.toMillis() + " ms",
                "the same for all: " + Limits.SIZE + " connections at least and at most, a caller waits "
                        + Words.seconds(Limits.CALLER)
                        + " at most, connections are tested before they are lent (if idle for 500 ms, where the pool"
                        + " has such a setting) within " + Words.seconds(Limits.VALIDATION)
                        + ", no driver timeout, sslmode=disable; Penstock: connect.deadline "
                        + Words.seconds(Limits.CONNECT) + ", breaker.mode on",
                "served: the query was answered; failed: the pool threw; dead: the pool lent a connection on which the"
                        + " query failed; longest call: into the pool, to borrow or to return; hung: callers in such a"
                        + " call beyond their limit when the outage ended; served again, all callers: from the end of"
                        + " the outage to the first answer, to an answer for each; nobody served: the longest such"
                        + " time; threads: those left after close that there were not before the pool");
    }

    private TextTable table(Fault fault) {
        TextTable table = new TextTable()
                .text("pool")
                .number("served")
                .number("failed")
                .number("dead")
                .number("failed after")
                .number("longest call")
                .number("hung")
                .number("served again")
                .number("all callers")
                .number("nobody served")
                .number("threads");
        results.stream().filter(result -> result.fault() == fault).forEach(result -> table.row(cells(result)));
        return table;
    }

    private String[] cells(CellResult result) {
        String title = result.pool().title();
        if (result.counted().isEmpty()) {
            return new String[] {title, "not measured", "", "", "", "", "", "", "", "", ""};
        }
        return new String[] {
            title,
            count(result.median(Figures::served)),
            count(result.median(Figures::failed)),
            count(result.median(Figures::dead)),
            count(result.median(Figures::failedAfter)),
            longest(result),
            isUnlimited(result) ? "no limit" : count(result.worst(Figures::hung)),
            orNever(result, Figures::recoveryMillis),
            orNever(result, Figures::everyoneMillis),
            times(result, Figures::gapMillis),
            count(result.worst(Figures::threadsLeft))
        };
    }

    private static boolean isUnlimited(CellResult result) {
        return result.fault().defaults() && result.pool().defaultLimit() == null;
    }

    private static String longest(CellResult result) {
        double worst = result.worst(Figures::longestMillis);
        boolean stillRuns =
                result.counted().stream().anyMatch(run -> run.longestMillis() == worst && run.longestStillRuns());
        return Words.longest(worst, stillRuns);
    }

    /** For a time that may not have come; how long it was waited for is part of that. */
    private String orNever(CellResult result, ToDoubleFunction<Figures> figure) {
        int runs = result.counted().size();
        long without = result.counted().stream()
                .filter(run -> Double.isInfinite(figure.applyAsDouble(run)))
                .count();
        if (without == 0) {
            return times(result, figure);
        }
        String never = "never in " + Words.seconds(result.fault().watch(plan.watch()));
        if (without == runs) {
            return never;
        }
        double median = result.median(figure);
        return Double.isInfinite(median)
                ? never + " (" + without + " of " + runs + ")"
                : Words.seconds(median) + " (" + without + " of " + runs + " " + never + ")";
    }

    private static String times(CellResult result, ToDoubleFunction<Figures> figure) {
        return Words.seconds(
                result.median(figure), result.worst(figure), result.counted().size());
    }

    private static String count(double value) {
        return Long.toString(Math.round(value));
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (CellResult result : results) {
            String cell = result.fault().key() + ", " + result.pool().title() + ": ";
            if (result.failure() != null && !result.pool().ours()) {
                remarks.add("not measured: " + cell + firstLine(result.failure()));
            }
            remarks.addAll(all(result.doubtful(), run -> "doubtful, repeated: " + cell + Words.line(run)));
            remarks.addAll(all(Promise.broken(result), broken -> "BROKEN: " + cell + firstLine(broken)));
        }
        remarks.add(lastLine());
        return remarks;
    }

    private static <T> List<String> all(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toList();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private String lastLine() {
        long ours = results.stream().filter(result -> result.pool().ours()).count();
        if (ours == 0) {
            return "nothing judged: Penstock was not among the pools";
        }
        return "Penstock, " + ours + " cell(s): " + (kept() ? "all as promised" : "BROKEN");
    }

    /** Everything, with every run; what never happened is left out. */
    String json() {
        return OutageJson.of(plan, surroundings, results, kept());
    }
}
