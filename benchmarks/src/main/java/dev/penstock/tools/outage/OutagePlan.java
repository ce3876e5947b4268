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
    /**
     * Over so much the lengths of repeated outages are spread. What a pool repeats at intervals during an outage is
     * otherwise always at the same point when it ends, and the runs are one run.
     */
    static final Duration SPREAD = Duration.ofMillis(2500);

    OutagePlan {
        pools = List.copyOf(pools);
        faults = List.copyOf(faults);
    }

    /**
     * How long the database is away in this run.
     *
     * @param run from 0; the first lasts as long as was asked for
     */
    Duration outage(Fault fault, int run) {
        Duration longer = SPREAD.multipliedBy(run).dividedBy(repeat);
        return fault.outage(outage.plus(longer));
    }

    int runs() {
        return pools.size() * faults.size() * repeat;
    }
}
