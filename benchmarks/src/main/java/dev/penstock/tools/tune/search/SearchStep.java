package dev.penstock.tools.tune.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of a search, for whoever waits.
 *
 * @param number 1 for the first
 * @param most so many at the most
 * @param plan what was measured, and why
 * @param measured what came out
 * @param cost sum of all efforts up to now, this one included
 * @param best the size that would be recommended now; null as long as none would be
 */
public record SearchStep(
        int number,
        int most,
        Plan plan,
        Measured measured,
        Duration cost,
        @Nullable Integer best) {}
