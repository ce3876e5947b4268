package dev.penstock.tools.tune.search;

import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The smallest size is wanted that comes this near to the best throughput, and whose latency is no more than that.
 *
 * @param smallest size that is looked at, 1 or more
 * @param largest size that is looked at: what the user allows, or what the server has room for
 * @param within share of the best throughput that may be missing, 0.05 for 5 %
 * @param p99 the target for waiting and service together; null for none
 */
public record Goal(
        int smallest, int largest, double within, @Nullable Duration p99) {
    public Goal {
        if (smallest < 1 || largest < smallest) {
            throw new IllegalArgumentException("sizes must be from 1 to more, but were " + smallest + " to " + largest);
        }
        if (!(within > 0 && within < 1)) {
            throw new IllegalArgumentException("the share must be between 0 and 1, but was " + within);
        }
    }

    /** All that are looked at, ascending. */
    IntStream sizes() {
        return IntStream.rangeClosed(smallest, largest);
    }
}
