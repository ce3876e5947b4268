package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What follows from the measurements. */
final class Judge {
    /** Sizes, or share of the size, that the answer of a search that ended early may be uncertain by. */
    private static final int FEW = 2;

    private static final double LITTLE = 0.25;

    /** Share of the latency up to which waiting for a connection is nothing. */
    private static final double NOTHING = 0.01;

    /** Best throughput to that of one connection: less, and the second one finds the server busy already. */
    private static final double HARDLY_MORE = 1.5;

    private final Goal goal;
    private final List<Measured> measured;
    private final @Nullable String stopped;

    Judge(Goal goal, List<Measured> measured, @Nullable String stopped) {
        this.goal = goal;
        this.measured = List.copyOf(measured);
        this.stopped = stopped;
    }

    /** What would be recommended now; null if nothing. */
    static @Nullable Integer best(Goal goal, List<Measured> measured) {
        return nothingDone(measured) ? null : size(Knowledge.of(looked(goal, measured), measured));
    }

    Findings findings(Duration cost) {
        if (nothingDone(measured)) {
            return new Findings(goal, measured, null, undecided(List.of(Reasons.nothing(measured))), stopped, cost);
        }
        Knowledge knowledge = Knowledge.of(looked(goal, measured), measured);
        return new Findings(
                goal,
                measured,
                knowledge.throughput().law(knowledge.random()),
                recommendation(knowledge),
                stopped,
                cost);
    }

    private Recommendation recommendation(Knowledge knowledge) {
        Integer size = size(knowledge);
        Reasons reasons = new Reasons(knowledge);
        if (stopped != null && tooLittle(knowledge)) {
            return undecided(reasons.undecided(measuredThatDoes(knowledge)));
        }
        if (size == null) {
            return answer(knowledge, Verdict.TARGET_OUT_OF_REACH, null, reasons.outOfReach());
        }
        Verdict verdict = verdict(knowledge, size);
        return answer(knowledge, verdict, size, reasons.of(verdict, size));
    }

    private Verdict verdict(Knowledge knowledge, int size) {
        if (elsewhere(knowledge, size)) {
            return Verdict.POOL_IS_NOT_THE_BOTTLENECK;
        }
        return rises(knowledge) ? Verdict.CAPPED : Verdict.FOUND;
    }

    /** Whether more connections than that would change nothing because something else limits. */
    private boolean elsewhere(Knowledge knowledge, int size) {
        Samples samples = knowledge.samples();
        if (samples.has(size) && samples.waited(size) <= NOTHING * samples.p99(size)) {
            return true;
        }
        Estimate estimate = knowledge.estimate();
        boolean single = goal.smallest() == goal.largest();
        boolean flat = size == goal.smallest() && !rises(knowledge);
        boolean nearlyFlat = goal.smallest() == 1
                && size <= 2
                && estimate.throughput(estimate.bestSize()) < HARDLY_MORE * estimate.throughput(1);
        return !single && (flat || nearlyFlat);
    }

    /** Whether twice as many connections as were looked at would bring more than may be missing. */
    private boolean rises(Knowledge knowledge) {
        List<Integer> sizes = knowledge.samples().sizes();
        int last = sizes.get(sizes.size() - 1);
        Curve curve = knowledge.throughput().curve();
        return sizes.size() > 1 && curve.at(2.0 * last) > curve.at(last) * (1 + goal.within());
    }

    /** Whether an early end left the answer open. */
    private boolean tooLittle(Knowledge knowledge) {
        if (knowledge.samples().sizes().size() < Math.min(3, goal.largest() - goal.smallest() + 1)) {
            return true;
        }
        int doubt = knowledge.chances().most() - knowledge.chances().least();
        return doubt > Math.max(FEW, LITTLE * knowledge.chances().most()) || farFromMeasured(knowledge);
    }

    /** Whether the size that would be recommended lies far from those that were measured. */
    private static boolean farFromMeasured(Knowledge knowledge) {
        Integer size = size(knowledge);
        if (size == null) {
            return false;
        }
        int nearest = knowledge.samples().sizes().stream()
                .mapToInt(other -> Math.abs(other - size))
                .min()
                .orElseThrow();
        return nearest > Math.max(FEW, LITTLE * size);
    }

    private @Nullable Integer measuredThatDoes(Knowledge knowledge) {
        Estimate estimate = knowledge.estimate();
        return knowledge.samples().sizes().stream()
                .filter(size -> estimate.fastEnough(size) && estimate.soonEnough(size))
                .findFirst()
                .orElse(null);
    }

    private Recommendation undecided(List<String> reasons) {
        return new Recommendation(Verdict.UNDECIDED, null, goal.smallest(), goal.largest(), reasons);
    }

    private Recommendation answer(Knowledge knowledge, Verdict verdict, @Nullable Integer size, List<String> reasons) {
        int least = Math.min(goal.largest(), knowledge.chances().least());
        int most = Math.min(goal.largest(), knowledge.chances().most());
        return size == null
                ? new Recommendation(verdict, null, goal.smallest(), goal.largest(), reasons)
                : new Recommendation(verdict, size, Math.min(size, least), Math.max(size, most), reasons);
    }

    /** Nothing is said about sizes beyond the largest that was looked at. */
    private static Goal looked(Goal goal, List<Measured> measured) {
        int largest = measured.stream().mapToInt(Measured::size).max().orElse(goal.largest());
        return new Goal(goal.smallest(), largest, goal.within(), goal.p99());
    }

    private static boolean nothingDone(List<Measured> measured) {
        return measured.stream().noneMatch(Samples::tells);
    }

    private static @Nullable Integer size(Knowledge knowledge) {
        OptionalInt smallest = knowledge.estimate().smallest();
        return smallest.isPresent() ? smallest.getAsInt() : null;
    }
}
