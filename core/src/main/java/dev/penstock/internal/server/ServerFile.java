package dev.penstock.internal.server;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one server, and when to look again. Thread-safe; nothing blocks with its lock held. */
final class ServerFile {
    /** One in so many sessions is asked what it has. */
    static final int SAMPLE = 100;

    /** The same while the server has not answered: it may have been an accident. */
    static final int SAMPLE_WHILE_UNKNOWN = 10;

    private final String server;
    private final Set<String> told = new HashSet<>(); // guarded by this

    private @Nullable Knowledge known; // guarded by this
    private int untilLook; // guarded by this

    ServerFile(String server) {
        this.server = server;
    }

    String server() {
        return server;
    }

    /**
     * How to go about the next session.
     *
     * @param known null if nothing is known
     * @param look whether to ask what it has
     */
    record Plan(@Nullable Knowledge known, boolean look) {}

    synchronized Plan plan() {
        Knowledge present = known;
        if (present == null) {
            return new Plan(null, true);
        }
        boolean look = untilLook <= 0;
        untilLook = look ? interval(present) : untilLook - 1;
        return new Plan(present, look);
    }

    /** The first session that is opened by other means than those that taught this is asked whether they work. */
    synchronized void learned(Knowledge now) {
        boolean untried = now.means() == Means.OPTIONS && (known == null || known.means() != Means.OPTIONS);
        untilLook = untried ? 0 : interval(now);
        known = now;
    }

    private static int interval(Knowledge present) {
        return (present.look() == null ? SAMPLE_WHILE_UNKNOWN : SAMPLE) - 1;
    }

    synchronized @Nullable Knowledge known() {
        return known;
    }

    /** Whatever is missing later is news again. */
    synchronized void lacksNothing() {
        told.clear();
    }

    /** Whether this is news; once, until nothing is missing. */
    synchronized boolean isNews(Finding finding) {
        return told.add(finding.key());
    }
}
