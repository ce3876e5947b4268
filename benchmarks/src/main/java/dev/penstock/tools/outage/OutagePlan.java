package dev.penstock.tools.outage;

import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param outage how long the database is away, where the fault does not say it itself
 * @param watch how long recovery is waited for
 * @param repeat how often each cell runs
 */
record OutagePlan(List<PoolKind> pools, List<Fault> faults, Duration outage, Duration watch, int repeat) {
    OutagePlan {
        pools = List.copyOf(pools);
        faults = List.copyOf(faults);
    }

    int runs() {
        return pools.size() * faults.size() * repeat;
    }
}
