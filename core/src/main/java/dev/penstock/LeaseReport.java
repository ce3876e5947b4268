package dev.penstock;

import dev.penstock.internal.lease.ReportText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a lease that is suspect, once per suspicion, and again when it lasts twice as long, four times, and
 * so on.
 *
 * @param lease the lease when this was written
 * @param verdict what the evidence says
 * @param limit what it was suspected after: {@code leases.suspectAfter}, or what its borrower said that it expects
 * @param times how many reports there have been about this suspicion, this one included
 * @param liveStack what its borrower is doing at this moment, the innermost frame first, 512 at most; empty if it has
 *     ended
 * @param site what is known of the place that borrowed it; null if its stack was not captured
 * @param lastSql text of the statement that was prepared last, without values; null unless {@code leases.showSql}
 * @param blockedBy process ids of the sessions that hold the lock; empty unless the verdict is {@link
 *     LeaseVerdict#WAITING_ON_LOCK}
 */
public record LeaseReport(
        OpenLease lease,
        LeaseVerdict verdict,
        Duration limit,
        int times,
        List<StackTraceElement> liveStack,
        @Nullable CallSite site,
        @Nullable String lastSql,
        List<Integer> blockedBy) {
    /** Copies the lists. */
    public LeaseReport {
        liveStack = List.copyOf(liveStack);
        blockedBy = List.copyOf(blockedBy);
    }

    /** The same, of a statement that waits for a lock. */
    public LeaseReport waitingFor(List<Integer> holders) {
        return new LeaseReport(
                lease.suspectedOf(LeaseVerdict.WAITING_ON_LOCK),
                LeaseVerdict.WAITING_ON_LOCK,
                limit,
                times,
                liveStack,
                site,
                lastSql,
                holders);
    }

    /** What a log or a person gets: verdict, what to do, who, since when, doing what, where. Many lines. */
    public String describe() {
        return ReportText.of(this);
    }
}
