package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.usl.UslFit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of a search.
 *
 * @param goal what was looked for
 * @param measured each measurement, in order; a size may have several
 * @param fit the Universal Scalability Law through them; null with too few sizes
 * @param recommendation what follows
 * @param stopped why the search ended before it was through; null if it was
 * @param cost sum of all efforts
 */
public record Findings(
        Goal goal,
        List<Measured> measured,
        @Nullable UslFit fit,
        Recommendation recommendation,
        @Nullable String stopped,
        Duration cost) {
    public Findings {
        measured = List.copyOf(measured);
    }
}
