package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What follows from the measurements. */
final class Judge {
    /** Sizes (or half of that, in per cent of the size) that the answer may be uncertain by after an early end. */
    private static final double UNCERTAIN = 0.25;

    private final Goal goal;
    private final List<Measured> measured;
    private final @Nullable String stopped;

    Judge(Goal goal, List<Measured> measured, @Nullable String stopped) {
        this.goal = goal;
        this.measured = measured;
        this.stopped = stopped;
    }

    /** What would be recommended now; null if nothing. */
    static @Nullable Integer best(Goal goal, List<Measured> measured) {
        if (new Samples(measured).usable().all().isEmpty()) {
            return null;
        }
        OptionalInt smallest = Knowledge.of(goal, measured).estimate().smallest();
        return smallest.isPresent() ? smallest.getAsInt() : null;
    }

    Findings findings(Duration cost) {
        if (new Samples(measured).usable().all().isEmpty()) {
            Recommendation nothing = new Recommendation(
                    Verdict.UNDECIDED, null, goal.smallest(), goal.largest(), List.of("nothing was measured"));
            return new Findings(goal, measured, null, nothing, stopped, cost);
        }
        Knowledge knowledge = Knowledge.of(goal, measured);
        Verdict verdict = Verdict.FOUND;
        OptionalInt smallest = knowledge.estimate().smallest();
        List<String> reasons = new ArrayList<>();
        return new Findings(
                goal,
                measured,
                knowledge.throughput().law(knowledge.random()),
                new Recommendation(
                        smallest.isPresent() ? verdict : Verdict.TARGET_OUT_OF_REACH,
                        smallest.isPresent() ? smallest.getAsInt() : null,
                        knowledge.chances().least(),
                        knowledge.chances().most(),
                        reasons),
                stopped,
                cost);
    }
}
