package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.pairs.PairResults;
import dev.penstock.tools.pairs.Unit;
import dev.penstock.tools.turns.Comparison;
import dev.penstock.tools.turns.Fork;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Rows of what was measured in {@link dev.penstock.tools.pairs} and in {@link dev.penstock.tools.turns}. */
public final class Figures {
    private static final String NANOS = "ns";

    private Figures() {}

    /** The one that all others are compared with. */
    public static Figure bare(String name, List<Fork> forks) {
        return new Figure(
                name, median(forks, Fork::nanos), NANOS, null, null, median(forks, Fork::bytes), forks.size(), null);
    }

    /** What is set beside it in the same rounds. */
    public static Figure compared(String name, Comparison comparison, Figure.@Nullable Kept promise) {
        List<Fork> forks = comparison.other();
        return new Figure(
                name,
                median(forks, Fork::nanos),
                NANOS,
                comparison.ratio(),
                comparison.difference(),
                median(forks, Fork::bytes),
                forks.size(),
                promise);
    }

    /** Nanoseconds and bytes above HikariCP. */
    public static Figure.Kept kept(
            SuiteEffort effort, Comparison comparison, dev.penstock.tools.turns.Promise promise) {
        Figure.Kept nanos = Promised.atMost(effort, promise.nanos(), NANOS, comparison.difference());
        return Promised.both(
                nanos, new Figure.Kept("at most " + promise.bytes() + " B", comparison.keepsBytes(promise)));
    }

    /** Both sides of a comparison in pairs; what is promised is of Penstock. */
    public static List<Figure> paired(
            String plain, String penstock, PairResults results, Unit unit, Figure.@Nullable Kept promise) {
        int forks = results.forks().size();
        Interval above = results.above();
        return List.of(
                new Figure(plain, unit.of(results.plain()), unit.symbol(), null, null, null, forks, null),
                new Figure(
                        penstock,
                        unit.of(results.penstock()),
                        unit.symbol(),
                        results.ratio(),
                        new Interval(unit.of(above.low()), unit.of(above.estimate()), unit.of(above.high())),
                        null,
                        forks,
                        promise));
    }

    private static double median(List<Fork> forks, ToDoubleFunction<Fork> figure) {
        return Sample.of(forks.stream().mapToDouble(figure).toArray()).median();
    }
}
