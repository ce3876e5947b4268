package dev.penstock.internal.lease;

import dev.penstock.LeaseReport;
import dev.penstock.internal.events.Announcer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reports of slow statements, each told once the server has said whether it waits for a lock. When a whole pool waits
 * for one the server is asked once, not fifty times. Thread-safe.
 */
final class LockReports {
    private final LockDiagnosis server;
    private final Announcer asking;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    private record Waiting(LeaseReport report, Consumer<LeaseReport> told) {
        void tell(Map<Integer, List<Integer>> blockers) {
            List<Integer> ofThis = blockers.getOrDefault(report.lease().backendPid(), List.of());
            told.accept(ofThis.isEmpty() ? report : report.waitingFor(ofThis));
        }
    }

    /** Asks on one of these threads. */
    LockReports(LockDiagnosis server, Executor workers) {
        this.server = server;
        this.asking = new Announcer(workers);
    }

    /** Has it told, with what the server says. */
    void add(LeaseReport report, Consumer<LeaseReport> told) {
        waiting.add(new Waiting(report, told));
        asking.add(this::askForAll);
        asking.flush();
    }

    private void askForAll() {
        List<Waiting> all = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            all.add(next);
        }
        if (!all.isEmpty()) {
            Map<Integer, List<Integer>> blockers = blockersOf(all);
            all.forEach(report -> report.tell(blockers));
        }
    }

    private Map<Integer, List<Integer>> blockersOf(List<Waiting> all) {
        try {
            return server.blockersOf(all.stream()
                    .map(one -> one.report().lease().backendPid())
                    .filter(pid -> pid != 0)
                    .distinct()
                    .toList());
        } catch (SQLException | RuntimeException e) {
            return Map.of(); // they are slow in any case
        }
    }
}
