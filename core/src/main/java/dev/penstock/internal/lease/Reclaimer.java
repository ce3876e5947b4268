package dev.penstock.internal.lease;

import dev.penstock.LeaseReport;
import dev.penstock.LeaseSettings;
import dev.penstock.LeaseVerdict;
import dev.penstock.ReclaimPolicy;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.watchdog.Limits;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections back, by consent only ({@code leases.reclaim}): fenced first, then cancelled if it runs something,
 * its socket closed, dropped by the pool. It never goes back into the pool.
 */
final class Reclaimer {
    private final ReclaimPolicy policy;
    private final boolean inTransaction;
    private final Surroundings surroundings;
    private final Reporter reporter;

    Reclaimer(LeaseSettings settings, Surroundings surroundings, Reporter reporter) {
        this.policy = settings.reclaim();
        this.inTransaction = settings.reclaimInTransaction();
        this.surroundings = surroundings;
        this.reporter = reporter;
    }

    /** How long a lease may last on these terms, in nanoseconds. */
    long longestHold(Terms terms) {
        Duration after = policy.after();
        if (after == null) {
            return Limits.NEVER;
        }
        return Math.max(Deadline.nanos(after), terms.expected() ? terms.limitNanos() : 0);
    }

    /** Takes it back if it is to be, and may be. */
    void consider(Lease lease, Evidence evidence, @Nullable LeaseVerdict verdict, long now) {
        if (isDue(lease, evidence, verdict) && mayBe(lease, now)) {
            LeaseVerdict known = verdict == null ? LeaseVerdict.LONG_HOLD : verdict;
            LeaseReport report = reporter.report(lease, known, evidence.limit(), 0, now);
            // writing that took its time, and somebody may have been handed the connection
            if (isStillSo(lease, verdict, now) && lease.slot().reclaim(lease)) {
                reclaim(lease, evidence.isBusy(), report);
            }
        }
    }

    /** Whether it is to be taken back, and was not: a transaction is open. */
    boolean waitsFor(Lease lease, Evidence evidence, @Nullable LeaseVerdict verdict) {
        return isDue(lease, evidence, verdict);
    }

    private boolean isDue(Lease lease, Evidence evidence, @Nullable LeaseVerdict verdict) {
        return switch (policy.kind()) {
            case NEVER -> false;
            case DEAD_OWNER -> isAbandoned(evidence, verdict);
            case AFTER -> isAbandoned(evidence, verdict) || evidence.age() >= longestHold(lease.terms());
        };
    }

    /** Where nothing is seen of the session, somebody may be using it who was handed it. */
    private static boolean isAbandoned(Evidence evidence, @Nullable LeaseVerdict verdict) {
        return evidence.isVisible() && isAbandoned(verdict);
    }

    private static boolean isAbandoned(@Nullable LeaseVerdict verdict) {
        return verdict == LeaseVerdict.LEAKED_OWNER_DEAD || verdict == LeaseVerdict.LEAKED_UNREACHABLE;
    }

    private boolean isStillSo(Lease lease, @Nullable LeaseVerdict verdict, long now) {
        boolean busy = lease.isBusy(now);
        boolean unused = !busy && lease.lastUsed() - (now - lease.terms().limitNanos()) <= 0;
        return mayBe(lease, now)
                && (unused || !isAbandoned(verdict))
                && (busy || !lease.isClosedUnderneath()); // the pool may have it back, and lend it this moment
    }

    private boolean mayBe(Lease lease, long now) {
        Session session = lease.session();
        return inTransaction || (session == null ? isAutoCommit(lease) : !session.mayBeInTransaction(now));
    }

    private static boolean isAutoCommit(Lease lease) {
        try {
            return lease.inner().getAutoCommit();
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private void reclaim(Lease lease, boolean busy, LeaseReport report) {
        String because = "leases.reclaim=" + policy;
        LeasedConnection holder = lease.handle();
        if (holder != null) {
            holder.fence(new Fence(() -> ReportText.fence(report, because)));
        }
        reporter.reclaimed(report, because);
        String pool = report.lease().pool();
        try {
            surroundings.workers().execute(() -> end(lease, busy, pool));
        } catch (RuntimeException | Error e) {
            end(lease, false, pool); // there is no thread to be had; without the cancel it does not block
        }
    }

    private void end(Lease lease, boolean busy, String pool) {
        Session session = lease.session();
        if (session != null) {
            if (busy) {
                quietly(session::cancel); // the server goes on with a statement whose client is gone
            }
            quietly(session::abort);
        }
        quietly(() -> lease.inner().abort(Runnable::run)); // some pools drop what was aborted; it blocks no more
        drop(lease, pool);
    }

    private void drop(Lease lease, String pool) {
        try {
            surroundings.pool().evict(lease.inner());
        } catch (SQLException | RuntimeException | LinkageError e) {
            Notices.notDropped(pool, e);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** The pool's code or the driver's: what one step throws must not keep the next from being taken. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException | LinkageError e) { // an old pool's AbstractMethodError too
            // the connection is on its way out whatever happens
        }
    }
}
