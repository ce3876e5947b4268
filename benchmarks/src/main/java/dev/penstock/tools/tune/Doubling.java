package dev.penstock.tools.tune;

import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Load;
import dev.penstock.tools.tune.search.LoadStoppedException;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Recommendation;
import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Each size twice the one before, once; recommends the least of those within the share of the best. No confidence. */
final class Doubling implements Search {
    @Override
    public Findings run(Load load, Goal goal, Duration maxTime, Effort effort, Consumer<String> progress)
            throws InterruptedException {
        List<Measured> measured = new ArrayList<>();
        Duration cost = Duration.ZERO;
        String stopped = null;
        for (int size = goal.smallest(); size <= goal.largest() && stopped == null; size *= 2) {
            if (cost.plus(effort.total()).compareTo(maxTime) > 0) {
                stopped = "the time was up";
                break;
            }
            try {
                measured.add(load.measure(size, effort));
                cost = cost.plus(effort.total());
            } catch (LoadStoppedException e) {
                stopped = e.getMessage();
            }
        }
        return new Findings(goal, measured, null, recommendation(goal, measured), stopped, cost);
    }

    private static Recommendation recommendation(Goal goal, List<Measured> measured) {
        double best = measured.stream().mapToDouble(Measured::throughput).max().orElse(0);
        @Nullable Integer size = measured.stream()
                .filter(one -> one.throughput() > 0 && one.throughput() >= best * (1 - goal.within()))
                .map(Measured::size)
                .min(Integer::compare)
                .orElse(null);
        return new Recommendation(
                size == null ? Verdict.UNDECIDED : Verdict.CAPPED, size, goal.smallest(), goal.largest(), List.of());
    }
}
