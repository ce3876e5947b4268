package dev.penstock.tools.suite.groups;

import dev.penstock.LeaseSettings;
import dev.penstock.tools.leaks.ManyLeases;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Heap of open leases, so many that what else is in a JVM does not matter. Details: how many.
 *
 * <p>All have been on loan once before, and have been swept since: what is kept for a connection from its first lease on
 * is the pool's, and what the sweeper has still to enter of a lease that has ended is nobody's.
 */
final class LeaseMemoryWork {
    static final String LEASE = "lease";

    private static final Duration NEVER = Duration.ofHours(1);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong clock = new AtomicLong();

    private LeaseMemoryWork() {}

    static Map<String, Double> measure(Assignment assignment) throws Exception {
        return new LeaseMemoryWork().measure(assignment.number(0));
    }

    private Map<String, Double> measure(int leases) throws Exception {
        int pools = leases / ManyLeases.PER_DESK;
        try (ManyLeases open = ManyLeases.unwatched(pools, LeaseMemoryWork::ofMost, clock::get)) {
            sweep(open);
            open.giveBack();
            sweep(open);
            double before = Heap.used();
            open.lendAgain();
            sweep(open);
            return Map.of(LEASE, (Heap.used() - before) / open.size());
        }
    }

    /** A pool captures the stacks of 50 borrows a second; a lease of the others has none. */
    private static void ofMost(LeaseSettings.Builder leases) {
        leases.suspectAfter(NEVER).stacksPerSecond(0);
    }

    /** Twice: what is new at the first look is known at the second. */
    private void sweep(ManyLeases open) {
        for (int i = 0; i < 2; i++) {
            long now = clock.addAndGet(SECOND);
            open.desks().forEach(desk -> desk.sweep(now));
        }
    }
}
