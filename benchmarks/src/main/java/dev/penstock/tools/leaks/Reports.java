package dev.penstock.tools.leaks;

import dev.penstock.LeaseReport;
import dev.penstock.PenstockListener;
import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one pool has reported, and when. Thread-safe. */
final class Reports implements PenstockListener {
    /** Many times what a report may take: whoever waits longer waits in vain. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Seen> suspected = new CopyOnWriteArrayList<>();
    private final List<LeaseReclaimed> reclaimed = new CopyOnWriteArrayList<>();

    /**
     * A report.
     *
     * @param at by {@link System#nanoTime()}
     */
    record Seen(LeaseReport report, long at) {
        int pid() {
            return report.lease().backendPid();
        }
    }

    @Override
    public void leaseSuspected(LeaseSuspected event) {
        suspected.add(new Seen(event.report(), System.nanoTime()));
    }

    @Override
    public void leaseReclaimed(LeaseReclaimed event) {
        reclaimed.add(event);
    }

    List<Seen> all() {
        return suspected;
    }

    List<LeaseReclaimed> reclaimed() {
        return reclaimed;
    }

    /** The first report about the lease of this session by this thread. */
    Optional<Seen> first(int pid, String thread) {
        return suspected.stream()
                .filter(seen -> seen.pid() == pid
                        && seen.report().lease().thread().name().equals(thread))
                .findFirst();
    }

    /** The same, waiting for it. */
    Seen await(int pid, String thread) {
        Await.until(
                "a report about " + thread, PATIENCE, () -> first(pid, thread).isPresent());
        return first(pid, thread).orElseThrow();
    }
}
