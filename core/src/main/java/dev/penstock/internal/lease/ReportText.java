package dev.penstock.internal.lease;

import dev.penstock.CallSite;
import dev.penstock.LeaseReport;
import dev.penstock.OpenLease;
import dev.penstock.SessionActivity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports for people who are woken by them. Pure. */
public final class ReportText {
    private static final String NEXT = System.lineSeparator() + "  ";

    private ReportText() {}

    /** Of a suspicion. */
    public static String of(LeaseReport report) {
        OpenLease lease = report.lease();
        StringBuilder text = new StringBuilder("pool '" + lease.pool() + "': connection " + lease.id() + " "
                + headline(report) + " (" + report.verdict() + ")");
        if (report.times() > 1) {
            text.append(", report ").append(report.times());
        }
        text.append(NEXT).append("-> ").append(advice(report));
        text.append(NEXT).append("borrowed by ").append(who(lease.thread()));
        text.append(" at ")
                .append(lease.borrowedAt())
                .append(", ")
                .append(words(lease.age()))
                .append(" ago");
        text.append(NEXT).append("session ").append(session(lease));
        if (!report.blockedBy().isEmpty()) {
            text.append(NEXT).append("waits for a lock of pid ").append(report.blockedBy());
        }
        if (report.lastSql() != null) {
            text.append(NEXT).append("last prepared: ").append(report.lastSql());
        }
        frames(text, borrowedWhere(lease), lease.borrowStack());
        if (lease.thread().alive()) {
            frames(text, "its thread now:", report.liveStack());
        }
        history(text, report.site());
        return text.toString();
    }

    /** For whoever uses a connection that was taken back. */
    static String fence(LeaseReport report, String because) {
        OpenLease lease = report.lease();
        StringBuilder text = new StringBuilder("pool '" + lease.pool() + "' has taken this connection back ("
                + because + "): it had been on loan for " + words(lease.age()) + ", " + headline(report)
                + "; borrowed by " + who(lease.thread()) + " at " + lease.borrowedAt());
        if (!lease.borrowStack().isEmpty()) {
            text.append(", in ").append(lease.borrowStack().get(0));
        }
        return text.toString();
    }

    private static String headline(LeaseReport report) {
        String limit = words(report.limit());
        return switch (report.verdict()) {
            case LEAKED_OWNER_DEAD -> "is leaked: the thread that borrowed it has ended, nothing was sent for " + limit;
            case LEAKED_UNREACHABLE ->
                "is leaked: it was garbage-collected without close(), nothing was sent for " + limit;
            case LIKELY_LEAK -> "looks leaked: idle for more than " + limit + ", its borrower is busy elsewhere";
            case IDLE_IN_TRANSACTION -> "holds a transaction open, without a statement for more than " + limit;
            case SLOW_STATEMENT -> "runs a statement for more than " + limit;
            case WAITING_ON_LOCK -> "waits for a lock for more than " + limit;
            case LONG_HOLD -> "is held for more than " + limit;
        };
    }

    private static String advice(LeaseReport report) {
        return switch (report.verdict()) {
            case LEAKED_OWNER_DEAD, LEAKED_UNREACHABLE ->
                "close it in the code that borrowed it (try-with-resources); leases.reclaim=dead-owner takes such"
                        + " connections back";
            case LIKELY_LEAK ->
                "close it in the code that borrowed it (try-with-resources), or borrow later: nothing uses it";
            case IDLE_IN_TRANSACTION ->
                "commit before you wait for something else: it keeps its locks, and VACUUM from cleaning up";
            case SLOW_STATEMENT ->
                "look at it in the server: select * from pg_stat_activity where pid = "
                        + report.lease().backendPid();
            case WAITING_ON_LOCK -> "see what pid " + report.blockedBy() + " is doing, and why it does not commit";
            case LONG_HOLD ->
                "if this is as it should be, borrow by way of expectingHold(...); else borrow later, return sooner";
        };
    }

    private static String who(OpenLease.Borrower thread) {
        String name = thread.name().isEmpty() ? "a thread without a name" : "'" + thread.name() + "'";
        return name + " (id " + thread.id() + (thread.alive() ? ")" : ", ended)");
    }

    private static String session(OpenLease lease) {
        SessionActivity activity = lease.activity();
        StringBuilder text = new StringBuilder(activity.kind().words());
        if (activity.kind() != SessionActivity.Kind.UNKNOWN) {
            text.append(" for ").append(words(activity.lasting()));
        }
        Duration inTransaction = activity.inTransaction();
        if (inTransaction != null) {
            text.append(", in a transaction for ").append(words(inTransaction));
        }
        text.append("; server process ").append(lease.backendPid() == 0 ? "not known" : lease.backendPid());
        return lease.server() == null
                ? text.toString()
                : text.append(" at ").append(lease.server()).toString();
    }

    private static String borrowedWhere(OpenLease lease) {
        return lease.borrowStack().isEmpty()
                ? "where it was borrowed was not captured, as of most borrows; after a suspicion, for "
                        + words(StackSampler.ARMED_FOR) + ", it is of every one, as far as 2 % of a core go"
                : "borrowed in:";
    }

    private static void frames(StringBuilder text, String title, List<StackTraceElement> frames) {
        text.append(NEXT).append(title);
        frames.forEach(frame -> text.append(NEXT).append("    at ").append(frame));
    }

    private static void history(StringBuilder text, @Nullable CallSite site) {
        if (site != null && site.returned() > 0) {
            text.append(NEXT)
                    .append("of the ")
                    .append(site.returned())
                    .append(" captured borrows from there that came back, the mean was held for ")
                    .append(words(site.meanHold()))
                    .append(", the longest for ")
                    .append(words(site.longestHold()));
        }
    }

    /** Three digits, as people read them. */
    private static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 10_000) {
            return millis + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds < 600) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
