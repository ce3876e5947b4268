package dev.penstock.tools.tune.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the search has found.
 *
 * @param verdict what kind of answer it is
 * @param size that is recommended; null if none of them meets the goal
 * @param least with 95 % confidence no smaller size would do
 * @param most with 95 % confidence this size would do
 * @param reasons a sentence each, for people
 */
public record Recommendation(Verdict verdict, @Nullable Integer size, int least, int most, List<String> reasons) {
    /** What kind of answer it is. */
    public enum Verdict {
        /** The smallest size that does. */
        FOUND,
        /** As far as was looked throughput rises: the cap, or the time, ended the search. */
        CAPPED,
        /** More connections change nothing: what limits is elsewhere (one lock, the callers, the arrival rate). */
        POOL_IS_NOT_THE_BOTTLENECK,
        /** No size meets the latency target. */
        TARGET_OUT_OF_REACH,
        /** Too little was measured to say. */
        UNDECIDED
    }

    public Recommendation {
        reasons = List.copyOf(reasons);
    }
}
