package dev.penstock.tools.tune.search;

import java.time.Duration;

/**
 * What a search may cost.
 *
 * @param effort of each measurement
 * @param maxTime a measurement that would not end within it is not begun
 * @param share of an exhaustive search that may be spent, 0 to 1: no more measurements than this share of the sizes,
 *     but {@value #FEWEST} at least
 */
public record SearchLimits(Effort effort, Duration maxTime, double share) {
    /** Below that a small range of sizes could not be told apart from its noise. */
    static final int FEWEST = 12;

    private static final double SHARE = 0.4;

    public SearchLimits {
        if (maxTime.compareTo(effort.total()) < 0) {
            throw new IllegalArgumentException(
                    "the time must be enough for one measurement, " + effort.total() + ", but was " + maxTime);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share must be above 0 and at most 1, but was " + share);
        }
    }

    /** With the usual share, 40 %. */
    public SearchLimits(Effort effort, Duration maxTime) {
        this(effort, maxTime, SHARE);
    }

    /** So many measurements at the most. */
    int measurements(Goal goal) {
        return Math.max(FEWEST, (int) (share * (goal.largest() - goal.smallest() + 1)));
    }
}
