package dev.penstock.tools.deadlines;

import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import org.jspecify.annotations.Nullable;

/**
 * How one connect has ended.
 *
 * @param outcome by the connector's own flag; null if it has not ended at all, or with something that is none of
 *     the connector's exceptions
 * @param phase how far it came; null if it connected, or as above
 * @param elapsedNanos from the call to its end, by the caller's clock; so far, if it has not ended
 * @param overshootNanos the same from the deadline on; negative if it ended before
 * @param failure what was thrown, null if it connected or has not ended
 */
record Ending(
        @Nullable ConnectOutcome outcome,
        @Nullable ConnectPhase phase,
        long elapsedNanos,
        long overshootNanos,
        @Nullable Throwable failure) {

    static Ending connected(long elapsedNanos, long deadlineNanos) {
        return new Ending(ConnectOutcome.CONNECTED, null, elapsedNanos, elapsedNanos - deadlineNanos, null);
    }

    static Ending failed(Throwable failure, long elapsedNanos, long deadlineNanos) {
        ConnectFailure known = failure instanceof ConnectFailure ours ? ours : null;
        return new Ending(
                known == null ? null : known.outcome(),
                known == null ? null : known.phase(),
                elapsedNanos,
                elapsedNanos - deadlineNanos,
                failure);
    }

    /** Still not back when nobody waited any longer. */
    static Ending hung(long elapsedNanos, long deadlineNanos) {
        return new Ending(null, null, elapsedNanos, elapsedNanos - deadlineNanos, null);
    }

    /** For the table: {@code TIMED_OUT}, {@code HUNG}, or what was thrown against the rules. */
    String label() {
        if (outcome != null) {
            return outcome.name();
        }
        return failure == null ? "HUNG" : failure.getClass().getSimpleName();
    }

    /** For the table. */
    String phaseLabel() {
        return phase == null ? "-" : phase.label();
    }
}
