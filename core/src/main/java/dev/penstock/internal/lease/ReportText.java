package dev.penstock.internal.lease;

import dev.penstock.CallSite;
import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionActivity;
import dev.penstock.SessionLimit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports for people who are woken by them. Pure. */
public final class ReportText {
    private static final String NEXT = System.lineSeparator() + "  ";

    /** At the top of a live stack, and from the application's innermost on. */
    private static final int LIVE_FRAMES = 16;

    private ReportText() {}

    /** Of a suspicion: what, what to do about it, then what is known. */
    public static String of(LeaseReport report) {
        StringBuilder text = new StringBuilder(name(report.lease())).append(' ').append(headline(report));
        text.append(" (").append(report.verdict());
        if (report.times() > 1) {
            text.append(", report ").append(report.times());
        }
        text.append(')');
        text.append(NEXT).append("-> ").append(advice(report));
        return evidence(text, report).toString();
    }

    /** Of a connection that was taken back, by this rule. */
    public static String reclaimed(LeaseReport report, String because) {
        StringBuilder text = new StringBuilder(name(report.lease()))
                .append(" was taken back (")
                .append(because)
                .append("): it ")
                .append(headline(report))
                .append(" (")
                .append(report.verdict())
                .append(')');
        text.append(NEXT)
                .append("-> whoever uses it still gets 08003; the pool makes a new one in its place. ")
                .append(cure(report.verdict()));
        return evidence(text, report).toString();
    }

    /** Of a limit that the client has enforced: what, how, what to do about it, then who. */
    public static String enforced(TimeoutEnforced event) {
        boolean aborted = event.by() == PenstockListener.Enforcement.ABORTED;
        StringBuilder text = new StringBuilder("penstock '" + line(event.connector()) + "': ")
                .append(aborted ? "closed the connection to " : "cancelled the statement of ")
                .append("backend ")
                .append(event.backendPid())
                .append(" at ")
                .append(event.server() == null ? "an unknown address" : event.server())
                .append(" after ")
                .append(words(event.took()))
                .append(": ")
                .append(event.limit().setting())
                .append(" is ")
                .append(words(event.value()))
                .append(event.ofLease() ? " for this lease, by withTimeouts(...) or while limits are set for it" : "");
        OpenLease lease = event.lease();
        text.append(NEXT).append("-> ").append(lease == null ? remedy(event.limit()) : remedyOfLease(event));
        if (lease == null) {
            text.append(NEXT)
                    .append("no lease is known of it: ")
                    .append(unlent(event.limit()))
                    .append(", or it was borrowed past what watches leases");
        } else {
            whoAndWhat(text, lease);
            if (!lease.borrowStack().isEmpty()) {
                frames(text, "borrowed in:", lease.borrowStack());
            }
        }
        return text.toString();
    }

    private static String remedy(SessionLimit limit) {
        return limit == SessionLimit.IDLE_SESSION
                ? "for sessions in a pool it must be more than the pool's idleTimeout and maxLifetime"
                : byTheServer(limit);
    }

    private static String unlent(SessionLimit limit) {
        return limit == SessionLimit.IDLE_SESSION
                ? "it lay idle in the pool"
                : "the pool's own set-up, validation or rollback";
    }

    private static String remedyOfLease(TimeoutEnforced event) {
        return event.ofLease() && event.limit() == SessionLimit.STATEMENT
                ? "work that needs longer: other limits for this lease, withTimeouts(...)"
                : byTheServer(event.limit());
    }

    private static String byTheServer(SessionLimit limit) {
        return switch (limit) {
            case STATEMENT, LOCK ->
                "the server has not enforced it by itself: SET by the application, a pooler in between (time in its"
                        + " queue counts), or the server is gone. Work that needs longer: withTimeouts(...)";
            case IDLE_IN_TRANSACTION ->
                "commit before doing anything else, remote calls above all; work that needs longer: withTimeouts(...)";
            case TRANSACTION -> "make the transaction shorter; work that needs longer: withTimeouts(...)";
            case IDLE_SESSION -> "give the connection back while it is not needed";
        };
    }

    /** Of what is on loan, suspect or not. */
    public static String of(OpenLease lease) {
        StringBuilder text = new StringBuilder("connection ")
                .append(lease.id())
                .append(", on loan for ")
                .append(words(lease.age()));
        if (lease.verdict() != null) {
            text.append(", suspect: ").append(lease.verdict());
        }
        whoAndWhat(text, lease);
        if (!lease.borrowStack().isEmpty()) {
            frames(text, "borrowed in:", lease.borrowStack());
        }
        return text.toString();
    }

    /** Of a place that borrows. */
    public static String of(CallSite site) {
        StringBuilder text = new StringBuilder(line(site.place()))
                .append(": ")
                .append(times(site.borrows()))
                .append(" captured, ")
                .append(site.openNow())
                .append(" open now, ")
                .append(site.returned())
                .append(" came back");
        if (site.returned() > 0) {
            text.append(" after ").append(words(site.meanHold())).append(" in the mean");
        }
        text.append(", the longest ").append(words(site.longestHold()));
        text.append(", ").append(times(site.suspected())).append(" suspected");
        site.frames().stream().skip(1).forEach(frame -> frame(text, frame));
        return text.toString();
    }

    private static String times(long number) {
        return number == 1 ? "once" : number + " times";
    }

    /** For whoever uses a connection that was taken back. */
    static String fence(LeaseReport report, String because) {
        OpenLease lease = report.lease();
        StringBuilder text = new StringBuilder(
                "pool '" + line(lease.pool()) + "' has taken this connection back (" + because + ") after "
                        + words(lease.age()) + " on loan: it " + headline(report) + "; borrowed by "
                        + who(lease.thread()) + " at " + lease.borrowedAt());
        if (!lease.borrowStack().isEmpty()) {
            text.append(", in ").append(line(lease.borrowStack().get(0).toString()));
        }
        return text.toString();
    }

    // ---- parts ----------------------------------------------------------------------------------

    private static String name(OpenLease lease) {
        return "penstock '" + line(lease.pool()) + "': connection " + lease.id();
    }

    private static String headline(LeaseReport report) {
        OpenLease lease = report.lease();
        String quiet = words(quiet(lease));
        return switch (report.verdict()) {
            case LEAKED_OWNER_DEAD ->
                "is leaked: the thread that borrowed it has ended, and nobody has used it for " + quiet;
            case LEAKED_UNREACHABLE ->
                "is leaked: it was garbage-collected without close(), and nobody has used it for " + quiet;
            case LIKELY_LEAK ->
                "looks leaked: nobody has used it for " + quiet
                        + (lease.borrowStack().isEmpty() ? "" : ", and its thread has left the method that borrowed");
            case IDLE_IN_TRANSACTION -> "holds a transaction open, without a statement for " + quiet;
            case SLOW_STATEMENT ->
                "has run a statement for " + words(lease.activity().lasting());
            case WAITING_ON_LOCK ->
                "has waited for a lock for " + words(lease.activity().lasting());
            case LONG_HOLD -> "has been held for " + words(lease.age());
        };
    }

    /** Since somebody used it, or borrowed it. */
    private static Duration quiet(OpenLease lease) {
        SessionActivity activity = lease.activity();
        return activity.kind() == SessionActivity.Kind.UNKNOWN
                        || activity.lasting().compareTo(lease.age()) > 0
                ? lease.age()
                : activity.lasting();
    }

    private static String advice(LeaseReport report) {
        return switch (report.verdict()) {
            case LEAKED_OWNER_DEAD, LEAKED_UNREACHABLE ->
                "the pool has one connection less until it is restarted, or takes such connections back"
                        + " (leases.reclaim=dead-owner" + whileInTransaction(report.lease()) + "). "
                        + cure(report.verdict());
            case SLOW_STATEMENT -> lookUp(report.lease()) + "; it ends with select pg_cancel_backend(its pid)";
            case WAITING_ON_LOCK ->
                "see what the holder is doing and why it does not commit: select * from pg_stat_activity where pid in ("
                        + pids(report.blockedBy()) + ")";
            case LIKELY_LEAK, IDLE_IN_TRANSACTION, LONG_HOLD -> cure(report.verdict());
        };
    }

    private static String whileInTransaction(OpenLease lease) {
        return lease.activity().inTransaction() == null
                ? ""
                : "; this one has a transaction open: only with leases.reclaimInTransaction=true";
    }

    /** What to change in the code. */
    private static String cure(LeaseVerdict verdict) {
        return switch (verdict) {
            case LEAKED_OWNER_DEAD, LEAKED_UNREACHABLE -> "Close it where it is borrowed: try-with-resources";
            case LIKELY_LEAK ->
                "see below what its thread does instead. Close it where it is borrowed (try-with-resources), or borrow"
                        + " it later";
            case IDLE_IN_TRANSACTION ->
                "see below what its thread waits for, and commit before that: meanwhile it keeps its locks, and VACUUM"
                        + " from cleaning up";
            case SLOW_STATEMENT, WAITING_ON_LOCK -> "Give its statements a limit (statement_timeout, lock_timeout)";
            case LONG_HOLD ->
                "if that is as it should be borrow by way of expectingHold(...); else borrow later, and close sooner";
        };
    }

    private static String lookUp(OpenLease lease) {
        return lease.backendPid() == 0
                ? "look for it in pg_stat_activity"
                : "look at it in the server: select * from pg_stat_activity where pid = " + lease.backendPid();
    }

    private static String pids(List<Integer> pids) {
        return String.join(", ", pids.stream().map(String::valueOf).toList());
    }

    private static StringBuilder evidence(StringBuilder text, LeaseReport report) {
        OpenLease lease = report.lease();
        whoAndWhat(text, lease);
        if (!report.blockedBy().isEmpty()) {
            text.append(NEXT).append("waits for a lock of process ").append(pids(report.blockedBy()));
        }
        if (report.lastSql() != null) {
            text.append(NEXT).append("prepared last: ").append(line(report.lastSql()));
        }
        borrowedWhere(text, lease);
        if (lease.thread().alive()) {
            liveFrames(text, report.liveStack());
        }
        history(text, report.site());
        return text;
    }

    private static void whoAndWhat(StringBuilder text, OpenLease lease) {
        text.append(NEXT)
                .append("borrowed by ")
                .append(who(lease.thread()))
                .append(" at ")
                .append(lease.borrowedAt())
                .append(", ")
                .append(words(lease.age()))
                .append(" ago");
        text.append(NEXT).append("session ").append(session(lease));
    }

    private static String who(OpenLease.Borrower thread) {
        String name = thread.name().isEmpty() ? "a thread without a name" : "thread '" + line(thread.name()) + "'";
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

    private static void borrowedWhere(StringBuilder text, OpenLease lease) {
        if (lease.borrowStack().isEmpty()) {
            text.append(NEXT)
                    .append("where it was borrowed was not captured, that is a sample; for the next ")
                    .append(words(StackSampler.ARMED_FOR))
                    .append(" it is of every borrow, as far as 2 % of a core go: the next such report should have it");
        } else {
            frames(text, "borrowed in:", lease.borrowStack());
        }
    }

    private static void frames(StringBuilder text, String title, List<StackTraceElement> frames) {
        if (!frames.isEmpty()) {
            text.append(NEXT).append(title);
            frames.forEach(frame -> frame(text, frame));
        }
    }

    /** Where the thread waits, and where the application is; not all that lies between them. */
    private static void liveFrames(StringBuilder text, List<StackTraceElement> live) {
        int application = Frames.innermost(live);
        int second = application < live.size() ? Math.max(LIVE_FRAMES, application) : LIVE_FRAMES;
        frames(text, "its thread now:", live.subList(0, Math.min(LIVE_FRAMES, live.size())));
        if (second > LIVE_FRAMES) {
            more(text, second - LIVE_FRAMES);
        }
        List<StackTraceElement> rest = live.subList(Math.min(second, live.size()), live.size());
        rest.stream().limit(LIVE_FRAMES).forEach(frame -> frame(text, frame));
        if (rest.size() > LIVE_FRAMES) {
            more(text, rest.size() - LIVE_FRAMES);
        }
    }

    private static void more(StringBuilder text, int frames) {
        text.append(NEXT).append("    ... ").append(frames).append(" more");
    }

    private static void frame(StringBuilder text, StackTraceElement frame) {
        text.append(NEXT).append("    at ").append(line(frame.toString()));
    }

    private static void history(StringBuilder text, @Nullable CallSite site) {
        if (site != null && site.returned() > 0) {
            text.append(NEXT)
                    .append(site.returned())
                    .append(" captured borrows from there came back, after ")
                    .append(words(site.meanHold()))
                    .append(" in the mean");
            if (site.suspected() > 0) {
                text.append("; suspected before: ").append(times(site.suspected()));
            }
        }
    }

    /** Names and SQL are the application's own: none of them begins a line of the log that is not ours. */
    private static String line(String text) {
        return text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "?");
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
