package dev.penstock.tools.limits;

import dev.penstock.tools.pairs.Forks;
import dev.penstock.tools.pairs.PairResults;
import dev.penstock.tools.pairs.Unit;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Figures;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.Promised;
import dev.penstock.tools.suite.SuiteEffort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A {@code select 1} with every limit set, leases watched, against HikariCP with none. */
public final class LimitsGroup implements Group {
    private static final double MOST = 1.02;

    @Override
    public String name() {
        return "round trip";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 18 : 110);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress)
            throws IOException, InterruptedException {
        LimitsRun run = switch (effort) {
            case QUICK -> new LimitsRun(false, 300, 500, 50, 50, Work.PREPARED, false, true);
            case FULL -> new LimitsRun(false, 1000, 2000, 50, 50, Work.PREPARED, false, true);
        };
        int forks = effort == SuiteEffort.QUICK ? 3 : 10;
        PairResults results = new Forks(forks, Unit.MICROSECONDS, progress).measure(run.plan(), run.perFork());
        return Figures.paired(
                "HikariCP",
                "Penstock, all limits",
                results,
                Unit.MICROSECONDS,
                Promised.atMost(effort, MOST, "x", results.ratio()));
    }
}
