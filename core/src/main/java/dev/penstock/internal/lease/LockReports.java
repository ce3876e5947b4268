package dev.penstock.internal.lease;

import dev.penstock.LeaseReport;
import dev.penstock.internal.events.Announcer;
import dev.penstock.internal.events.Notices;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Reports of slow statements, each told once the server has said whether it waits for a lock, or does not say. When a
 * whole pool waits for one the server is asked once, not fifty times. Thread-safe.
 */
final class LockReports {
    /** In nanoseconds: the server that is asked may be what hangs. */
    private static final long PATIENCE = 500_000_000;

    private final String pool;
    private final LockDiagnosis server;
    private final Announcer asking;
    private final AtomicBoolean saidUnanswered = new AtomicBoolean();
    /** To be asked for. */
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    /** The oldest first; some may have been told. */
    private final Queue<Waiting> untold = new ConcurrentLinkedQueue<>();

    /** Told once: with the answer, or without one that takes too long. */
    private static final class Waiting {
        final LeaseReport report;
        final long since;
        private final Consumer<LeaseReport> told;
        private final AtomicBoolean isTold = new AtomicBoolean();

        Waiting(LeaseReport report, long since, Consumer<LeaseReport> told) {
            this.report = report;
            this.since = since;
            this.told = told;
        }

        void tell(Map<Integer, List<Integer>> blockers) {
            if (isTold.compareAndSet(false, true)) {
                List<Integer> ofThis = blockers.getOrDefault(report.lease().backendPid(), List.of());
                told.accept(ofThis.isEmpty() ? report : report.waitingFor(ofThis));
            }
        }
    }

    /** Asks on one of these threads, for this pool. */
    LockReports(String pool, LockDiagnosis server, Executor workers) {
        this.pool = pool;
        this.server = server;
        this.asking = new Announcer(workers);
    }

    /** Has it told, with what the server says. */
    void add(LeaseReport report, long now, Consumer<LeaseReport> told) {
        Waiting added = new Waiting(report, now, told);
        untold.add(added);
        waiting.add(added);
        asking.add(this::askForAll);
        asking.flush();
    }

    /** Those that the server has not answered for are told without. */
    void giveUp(long now) {
        for (Waiting next = untold.peek(); next != null && isLate(next, now); next = untold.peek()) {
            untold.remove(next);
            next.tell(Map.of());
        }
    }

    private static boolean isLate(Waiting report, long now) {
        return report.isTold.get() || now - report.since >= PATIENCE;
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
                    .map(one -> one.report.lease().backendPid())
                    .filter(pid -> pid != 0)
                    .distinct()
                    .toList());
        } catch (SQLException | RuntimeException | Error e) {
            if (!saidUnanswered.getAndSet(true)) {
                Notices.noLockDiagnosis(pool, e);
            }
            return Map.of(); // they are slow in any case
        }
    }
}
