package dev.penstock.budget;

import java.time.Duration;
import java.util.OptionalInt;

/** How many connections a workload needs: {@link Wait} the other way round. */
public final class PoolSizing {
    private PoolSizing() {}

    /**
     * The smallest pool of which so large a part of the borrowers waits no longer than that; empty if even 10^6
     * connections are too few.
     *
     * @param quantile more than 0, less than 1: 0.99 for the 99th percentile
     * @param longest zero: they do not wait at all
     */
    public static OptionalInt connections(Workload workload, double quantile, Duration longest) {
        Bounds.quantile(quantile);
        if (longest.isNegative()) {
            throw new InvalidBudgetException("longest", "must be zero or more", longest);
        }
        double load = workload.load();
        if (load >= Bounds.MOST) {
            return OptionalInt.empty();
        }
        double seconds = Seconds.of(longest);
        double blocked = 1;
        for (int n = 1; n <= Bounds.MOST; n++) {
            blocked = Erlang.next(blocked, n, load);
            if (n > load && new Wait(workload, n, Erlang.waits(blocked, n, load)).keeps(quantile, seconds)) {
                return OptionalInt.of(n);
            }
        }
        return OptionalInt.empty();
    }
}
