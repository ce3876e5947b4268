package dev.penstock.tools.deadlines;

import java.time.Duration;

/** What is made of a run. */
enum Verdict {
    /** The outcome is right and in time. */
    KEPT,
    /** An outcome, a phase or an early end that must not be. */
    WRONG,
    /** The outcome is right, but later than the limit allows. */
    LATE,
    /** Wrong or late while the machine itself stood still: says nothing, the case is to be repeated. */
    DOUBTFUL;

    /**
     * A stall above this makes a broken promise doubtful. Half of the limit that is promised: a smaller one cannot be
     * what made the difference alone.
     */
    static final Duration STALL = Duration.ofMillis(50);

    /**
     * Judges a run.
     *
     * @param limit by how much a connect may overshoot its deadline
     * @param last whether it has been repeated often enough, so that a stall is no excuse any more
     */
    static Verdict of(CaseRun run, Duration limit, boolean last) {
        boolean wrong = run.wrong().isPresent();
        if (!wrong && run.overshootNanos() <= limit.toNanos()) {
            return KEPT;
        }
        if (!last && run.stallNanos() > STALL.toNanos()) {
            return DOUBTFUL;
        }
        return wrong ? WRONG : LATE;
    }
}
