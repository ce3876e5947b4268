package dev.penstock.tools.tune.load;

import dev.penstock.tools.tune.search.Measured;
import java.time.Duration;
import java.util.Map;

/** What a load tells whoever looks on, on the thread that measures. Nothing by default. */
public interface LoadListener {
    /** What a measurement is at. */
    enum Phase {
        /** The pool is being filled. */
        FILLING,
        /** Callers are at work, nothing counts yet. */
        WARMING_UP,
        /** It counts. */
        MEASURING,
        /** Those that are at it still end. */
        ENDING
    }

    /**
     * A few times a second.
     *
     * @param size of the pool
     * @param left of the phase; zero where nobody knows
     * @param units of work that have ended since the beginning, those of the warm-up among them
     */
    default void at(int size, Phase phase, Duration left, long units) {}

    /**
     * A measurement is through.
     *
     * @param failures how many units failed, by SQLState
     * @param late units that were due and had not begun when it ended: the server cannot keep up
     */
    default void measured(Measured measured, Map<String, Long> failures, long late) {}
}
