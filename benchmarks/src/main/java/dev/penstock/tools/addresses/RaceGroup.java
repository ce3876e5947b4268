package dev.penstock.tools.addresses;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.tools.pairs.ForkPlan;
import dev.penstock.tools.pairs.Forks;
import dev.penstock.tools.pairs.PairResults;
import dev.penstock.tools.pairs.Unit;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Figures;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.Promised;
import dev.penstock.tools.suite.SuiteEffort;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Connects of a connector that has met eleven black holes before the good address once, against direct ones. */
public final class RaceGroup implements Group {
    @Override
    public String name() {
        return "connect race";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 25 : 108);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<InetAddress> missing = Loopback.missing(AddressCases.ALL);
        if (!missing.isEmpty()) {
            throw new IOException("this machine has no " + missing.get(0).getHostAddress());
        }
        return effort == SuiteEffort.QUICK
                ? measure(effort, 3, 1000, 30, 60, progress)
                : measure(effort, 6, 5000, 500, 500, progress);
    }

    private static List<Figure> measure(
            SuiteEffort effort, int forks, int stub, int warmUp, int cycles, Consumer<String> progress)
            throws IOException, InterruptedException {
        ForkPlan plan = new ForkPlan(
                "race-fork",
                AddressCases.GOOD.getHostAddress(),
                false,
                warmUp,
                cycles,
                false,
                Duration.ZERO,
                List.of("--stub=" + stub));
        String perFork = stub + " pairs to a stub, " + warmUp + " to warm up, " + cycles + " measured, "
                + AddressCases.BLACK_HOLES.size() + " black holes before the good address";
        PairResults results = new Forks(forks, Unit.MILLISECONDS, progress).measure(plan, perFork);
        return Figures.paired(
                "pgjdbc, direct",
                "Penstock, second connect past 11 black holes",
                results,
                Unit.MILLISECONDS,
                Promised.atMost(effort, TimedCases.SECOND_LIMIT, "x", results.ratio()));
    }
}
