package dev.penstock.spring.actuate;

import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.SessionActivity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection on loan: who has it, since when, and what its session does. No SQL.
 *
 * @param id of the lease, as in log lines
 * @param verdict what it is suspected of; null: of nothing
 * @param thread name of the thread that borrowed
 * @param threadAlive whether that has not ended
 * @param borrowedAt when
 * @param ageMillis for how long it has been on loan
 * @param activity what its session does
 * @param activityMillis for how long it has done that; 0 if it is not known
 * @param transactionMillis for how long a transaction has been open; null if none is, or it is not known
 * @param backendPid process id of its server process; 0 if it is not known
 * @param server address and port of the server; null if it is not known
 * @param borrowedFrom frames of the application, the innermost first; empty if they were not captured
 */
public record Loan(
        String id,
        @Nullable LeaseVerdict verdict,
        String thread,
        boolean threadAlive,
        Instant borrowedAt,
        long ageMillis,
        SessionActivity.Kind activity,
        long activityMillis,
        @Nullable Long transactionMillis,
        int backendPid,
        @Nullable String server,
        List<String> borrowedFrom) {
    static Loan of(OpenLease lease) {
        SessionActivity activity = lease.activity();
        return new Loan(
                lease.id(),
                lease.verdict(),
                lease.thread().name(),
                lease.thread().alive(),
                lease.borrowedAt(),
                lease.age().toMillis(),
                activity.kind(),
                activity.lasting().toMillis(),
                activity.inTransaction() == null
                        ? null
                        : activity.inTransaction().toMillis(),
                lease.backendPid(),
                lease.server(),
                Site.texts(lease.borrowStack()));
    }
}
