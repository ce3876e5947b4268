package dev.penstock.internal.lease;

/**
 * What the sweeper remembers of a slot from one look to the next. Not thread-safe: for the sweeper's thread. The slot
 * itself, and no object of its own: a sweep costs what it has to fetch from memory.
 */
abstract class Watch {
    /** Lease that this is about. */
    long lease;

    /** Ticker time before which nothing can be wrong with it. */
    long judgeAt;

    /** Whether the slot does not keep the handle from being collected any more. */
    boolean weak;

    /** Whether the borrower was seen dead, and the handle collected; then since when. */
    boolean dead;

    long deadSince;
    boolean unreachable;
    long unreachableSince;

    /** Another lease than before. */
    final void begin(long of, long firstJudgement) {
        lease = of;
        judgeAt = firstJudgement;
        weak = false;
        dead = false;
        unreachable = false;
    }
}
