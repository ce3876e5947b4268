package dev.penstock;

import dev.penstock.internal.lease.ReportText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection on loan; a snapshot.
 *
 * @param pool name of the pool
 * @param id of the lease within its pool, the same in its reports: {@code 3-1042} is the 1042nd of the third connection
 * @param thread who borrowed it
 * @param borrowedAt when: exactly if the stack was captured; otherwise when it was first seen, up to 0.6 s later
 * @param age for how long it has been on loan since then
 * @param activity what its session is doing
 * @param backendPid process id of its server process, as the server told it at the start of the session (a pooler makes
 *     one up); 0 if it is not known
 * @param server address and port of the server; null if it is not known
 * @param borrowStack application frames of the borrow, the innermost first; empty if they were not captured
 * @param verdict what the lease is suspected of; null if it is not
 */
public record OpenLease(
        String pool,
        String id,
        Borrower thread,
        Instant borrowedAt,
        Duration age,
        SessionActivity activity,
        int backendPid,
        @Nullable String server,
        List<StackTraceElement> borrowStack,
        @Nullable LeaseVerdict verdict) {
    /** Copies the stack. */
    public OpenLease {
        borrowStack = List.copyOf(borrowStack);
    }

    /** The same, suspected of that. */
    OpenLease suspectedOf(LeaseVerdict nowKnown) {
        return new OpenLease(pool, id, thread, borrowedAt, age, activity, backendPid, server, borrowStack, nowKnown);
    }

    /** For people: who, since when, doing what, where, and what it is suspected of. Several lines. */
    public String describe() {
        return ReportText.of(this);
    }

    /**
     * The thread that borrowed.
     *
     * @param name its name when this was written; virtual threads mostly have none
     * @param id its id
     * @param alive whether it has not ended
     */
    public record Borrower(String name, long id, boolean alive) {}
}
