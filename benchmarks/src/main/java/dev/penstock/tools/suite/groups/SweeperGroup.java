package dev.penstock.tools.suite.groups;

import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.Promised;
import dev.penstock.tools.suite.SuiteEffort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sweep of 1,000, 10,000 and 100,000 open leases of pools with a hundred each, one in a hundred suspect: processor
 * time of one sweep of all, and the share of a core that the sweeper takes in steady operation. Promised are that the
 * cost grows linearly, and the share that {@code leaks} promises too. Before each sweep the processor's caches are
 * filled with other things, as an application would; otherwise few leases would look cheaper than they are, and many
 * dearer.
 *
 * <p>Linear is an exponent of 1.1 at most, by which a lease becomes a quarter dearer over a factor of ten. It is judged
 * twice: over all three, and from 10,000 to 100,000, where what a sweep costs without any lease is no part any more; that
 * part makes few leases dearer, and the exponent over all of them smaller than the growth is.
 *
 * <p>Nothing here is a ratio to HikariCP, which has no sweeper.
 */
public final class SweeperGroup implements Group {
    private static final List<Integer> LEASES = List.of(1_000, 10_000, 100_000);
    private static final double MOST_EXPONENT = 1.1;
    private static final double MOST_PERCENT = 0.5;
    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");

    /** Makes the group. */
    public SweeperGroup() {}

    @Override
    public String name() {
        return "sweeper";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 17 : 85);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
        int count = effort == SuiteEffort.FULL ? 7 : 3;
        Assignment assignment = Assignment.withoutServer(
                Work.SWEEPER, LEASES.stream().map(String::valueOf).toList());
        List<Map<String, Double>> forks = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            forks.add(assignment.measure(OPTIONS));
            progress.accept("fork " + i + " of " + count);
        }
        return rows(effort, forks);
    }

    static List<Figure> rows(SuiteEffort effort, List<Map<String, Double>> forks) {
        List<Figure> rows = new ArrayList<>();
        for (int leases : LEASES) {
            String of = String.format(Locale.ROOT, "%,d leases", leases);
            double sweep = Observed.median(forks, SweeperWork.sweep(leases));
            double[] shares = Observed.values(forks, SweeperWork.share(leases));
            boolean most = leases == LEASES.get(LEASES.size() - 1);
            rows.add(row("one sweep of " + of, sweep / 1e3, "us", forks, null));
            rows.add(row(
                    "share of a core, " + of,
                    Sample.of(shares).median(),
                    "%",
                    forks,
                    most ? Promised.atMost(effort, MOST_PERCENT, "%", Interval.ofValues(shares)) : null));
        }
        rows.add(growth(effort, forks, LEASES));
        rows.add(growth(effort, forks, LEASES.subList(1, LEASES.size())));
        return rows;
    }

    private static Figure growth(SuiteEffort effort, List<Map<String, Double>> forks, List<Integer> leases) {
        Interval exponent = Interval.ofValues(
                forks.stream().mapToDouble(fork -> exponent(fork, leases)).toArray());
        return row(
                String.format(
                        Locale.ROOT, "growth from %,d to %,d leases", leases.get(0), leases.get(leases.size() - 1)),
                exponent.estimate(),
                "exponent",
                forks,
                Promised.atMost(effort, MOST_EXPONENT, "(linear is 1)", exponent));
    }

    private static double exponent(Map<String, Double> fork, List<Integer> leases) {
        return Growth.exponent(
                leases.stream().mapToDouble(x -> x).toArray(),
                leases.stream()
                        .mapToDouble(count -> Observed.value(fork, SweeperWork.sweep(count)))
                        .toArray());
    }

    private static Figure row(String name, double value, String unit, List<?> forks, Figure.@Nullable Kept promise) {
        return new Figure(name, value, unit, null, null, null, forks.size(), promise);
    }
}
