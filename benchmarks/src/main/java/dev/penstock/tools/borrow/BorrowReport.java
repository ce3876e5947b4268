package dev.penstock.tools.borrow;

import dev.penstock.bench.Side;
import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.report.TextTable;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Figures;
import dev.penstock.tools.suite.SuiteEffort;
import dev.penstock.tools.turns.Comparison;
import dev.penstock.tools.turns.Fork;
import dev.penstock.tools.turns.Promise;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What all rounds together say, by depth of the stack. Only Penstock is judged. Not thread-safe. */
final class BorrowReport {
    private static final Set<Side> JUDGED = EnumSet.of(Side.PENSTOCK, Side.PENSTOCK_ALL);

    private final Map<Integer, Map<Side, List<Fork>>> forks = new TreeMap<>();

    /** Adds a round at that depth: HikariCP is part of each, Penstock too, others of the first ones. */
    void add(int depth, Map<Side, Fork> round) {
        Map<Side, List<Fork>> ofDepth = forks.computeIfAbsent(depth, any -> new EnumMap<>(Side.class));
        round.forEach((side, fork) ->
                ofDepth.computeIfAbsent(side, any -> new ArrayList<>()).add(fork));
    }

    /** Whether Penstock costs no more than that at any depth. */
    boolean keeps(Promise promise) {
        return forks.keySet().stream()
                .allMatch(depth -> comparison(depth, Side.PENSTOCK).keeps(promise));
    }

    /** A row for each side at each depth. */
    TextTable table() {
        TextTable table = new TextTable()
                .text("pool")
                .number("depth")
                .number("forks")
                .number("ns")
                .number("ns by the clock")
                .number("B")
                .number("above HikariCP: ns")
                .text("95 % of the mean")
                .number("B above");
        forks.forEach((depth, sides) -> sides.keySet().forEach(side -> table.row(row(depth, side))));
        return table;
    }

    /** The same as rows of the suite; judged is all of Penstock that watches leases. */
    List<Figure> figures(SuiteEffort effort, Promise promise) {
        List<Figure> figures = new ArrayList<>();
        forks.forEach((depth, sides) -> sides.keySet().forEach(side -> {
            String name = side.title() + ", depth " + depth;
            figures.add(
                    side == Side.HIKARI
                            ? Figures.bare(name, all(depth, side))
                            : Figures.compared(name, comparison(depth, side), kept(effort, depth, side, promise)));
        }));
        return figures;
    }

    private Figure.@Nullable Kept kept(SuiteEffort effort, int depth, Side side, Promise promise) {
        return JUDGED.contains(side) ? Figures.kept(effort, comparison(depth, side), promise) : null;
    }

    private String[] row(int depth, Side side) {
        List<Fork> all = all(depth, side);
        List<String> cells = new ArrayList<>(List.of(
                side.versionedTitle(),
                Integer.toString(depth),
                Integer.toString(all.size()),
                number(median(all, Fork::nanos)),
                number(median(all, Fork::clockNanos)),
                number(median(all, Fork::bytes))));
        cells.addAll(side == Side.HIKARI ? List.of("-", "-", "-") : above(comparison(depth, side)));
        return cells.toArray(String[]::new);
    }

    private static List<String> above(Comparison comparison) {
        Interval difference = comparison.difference();
        return List.of(
                number(comparison.medianDifference()),
                number(difference.low()) + " to " + number(difference.high()),
                number(comparison.bytes()));
    }

    /** A line for each depth. */
    List<String> verdicts(Promise promise) {
        return forks.keySet().stream()
                .map(depth -> String.format(
                        Locale.ROOT,
                        "depth %3d: %s",
                        depth,
                        comparison(depth, Side.PENSTOCK).verdict(promise)))
                .toList();
    }

    /** With HikariCP in the same rounds. */
    private Comparison comparison(int depth, Side side) {
        List<Fork> other = all(depth, side);
        return new Comparison(all(depth, Side.HIKARI).subList(0, other.size()), other);
    }

    private List<Fork> all(int depth, Side side) {
        return forks.getOrDefault(depth, Map.of()).getOrDefault(side, List.of());
    }

    private static double median(List<Fork> forks, ToDoubleFunction<Fork> figure) {
        return Sample.of(forks.stream().mapToDouble(figure).toArray()).median();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
