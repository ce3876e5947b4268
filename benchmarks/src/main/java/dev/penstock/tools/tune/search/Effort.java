package dev.penstock.tools.tune.search;

import java.time.Duration;

/**
 * How long one measurement lasts; the sum of all is what a search costs.
 *
 * @param warmUp not measured
 * @param measured what counts
 */
public record Effort(Duration warmUp, Duration measured) {
    public Effort {
        if (warmUp.isNegative() || measured.isNegative() || measured.isZero()) {
            throw new IllegalArgumentException("an effort must be above 0, but was " + warmUp + " and " + measured);
        }
    }

    /** Both together. */
    public Duration total() {
        return warmUp.plus(measured);
    }
}
