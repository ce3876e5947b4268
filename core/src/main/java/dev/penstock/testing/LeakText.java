package dev.penstock.testing;

import dev.penstock.OpenLease;
import dev.penstock.SessionActivity;
import java.util.List;

/** What whoever reads a failed test needs to know. Pure. */
final class LeakText {
    private static final String LINE = System.lineSeparator();

    private LeakText() {}

    static void throwIfAny(List<OpenLease> open) {
        if (!open.isEmpty()) {
            throw new AssertionError(of(open));
        }
    }

    static String of(List<OpenLease> open) {
        StringBuilder text = new StringBuilder(
                open.size() == 1
                        ? "1 connection has not been given back:"
                        : open.size() + " connections have not been given back:");
        open.forEach(lease -> append(text, lease));
        return text.toString();
    }

    private static void append(StringBuilder text, OpenLease lease) {
        text.append(LINE)
                .append("connection ")
                .append(lease.id())
                .append(" of '")
                .append(lease.pool())
                .append("', on loan for ");
        text.append(lease.age().toMillis()).append(" ms, borrowed by ").append(who(lease.thread()));
        text.append(LINE).append("  session: ").append(activity(lease.activity()));
        if (lease.borrowStack().isEmpty()) {
            text.append(LINE)
                    .append("  where it was borrowed is not known: ")
                    .append("stacks are captured of a sample of the borrows only;");
            text.append(LINE)
                    .append("  of all, after PenstockLeaks.captureStacks(dataSource) or with PenstockLeakExtension");
            return;
        }
        text.append(LINE).append("  borrowed here:");
        lease.borrowStack().forEach(frame -> text.append(LINE).append("    at ").append(frame));
    }

    private static String who(OpenLease.Borrower thread) {
        String name = thread.name().isEmpty() ? "a thread without a name" : "thread '" + thread.name() + "'";
        return name + " (id " + thread.id() + (thread.alive() ? ")" : ", which has ended)");
    }

    private static String activity(SessionActivity activity) {
        String words = activity.kind().words();
        if (activity.kind() != SessionActivity.Kind.UNKNOWN) {
            words += " for " + activity.lasting().toMillis() + " ms";
        }
        return activity.inTransaction() == null
                ? words
                : words + ", in a transaction for " + activity.inTransaction().toMillis() + " ms";
    }
}
