package dev.penstock.testing;

import dev.penstock.OpenLease;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One test, and what was on loan before it. For one thread at a time. */
final class TestRun {
    /** Ids of leases that are not the test's. */
    private final Map<Watched, Set<String>> before = new LinkedHashMap<>();

    /** What is on loan now is not the test's. */
    void watchFromHere(Watched pool) {
        pool.captureStacks();
        before.putIfAbsent(pool, pool.openNow());
    }

    /** Of those that are not known yet, everything is the test's. */
    void watchAll(List<Watched> pools) {
        for (Watched pool : pools) {
            if (before.putIfAbsent(pool, Set.of()) == null) {
                pool.captureStacks();
            }
        }
    }

    boolean watchesNothing() {
        return before.isEmpty();
    }

    /** What is the test's and on loan, once that is none or the limit has passed. */
    List<OpenLease> stillOpen(Duration limit) {
        List<Watched.Part> parts = before.entrySet().stream()
                .map(entry -> entry.getKey().exceptFor(entry.getValue()))
                .toList();
        return Watched.stillOpen(parts, limit);
    }
}
