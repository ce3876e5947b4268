package dev.penstock.budget;

/**
 * How what there is is shared out among pools. No pool gets less than its {@link ThreadUse#deadlockFloor} (1, unless
 * its threads take several connections), and none more than its {@link Share#most}.
 */
public enum Sharing {
    /** Every pool is as large as the others. */
    EQUAL,
    /** Pools are to each other as their weights, rounded down. */
    WEIGHTED,
    /**
     * The first get what they have declared before the next get more than their least; within a priority every pool is
     * as large as the others. None gets more than it has declared.
     */
    PRIORITISED
}
