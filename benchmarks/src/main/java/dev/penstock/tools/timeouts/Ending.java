package dev.penstock.tools.timeouts;

import dev.penstock.SessionTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/**
 * How a call ended.
 *
 * @param nanos how long it took
 * @param how SQLState, and what else matters
 */
record Ending(long nanos, String how) {
    static final String NOT_CUT = "not cut";
    static final String TOLD_WHY = ", told why";

    /** Something that is cut, or should be. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    static Ending of(Work work) {
        long begun = System.nanoTime();
        try {
            work.run();
            return new Ending(System.nanoTime() - begun, NOT_CUT);
        } catch (SQLException e) {
            return new Ending(System.nanoTime() - begun, e.getSQLState() + (tellsWhy(e) ? TOLD_WHY : ""));
        }
    }

    private static boolean tellsWhy(Throwable thrown) {
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof SessionTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** With something that was looked at afterwards. */
    Ending and(String more) {
        return new Ending(nanos, how + ", " + more);
    }

    boolean isWithin(Duration most) {
        return nanos <= most.toNanos();
    }

    /** From one JVM to another. */
    String encoded() {
        return nanos + " " + how;
    }

    static Ending decoded(String text) {
        int blank = text.indexOf(' ');
        return new Ending(Long.parseLong(text.substring(0, blank)), text.substring(blank + 1));
    }

    @Override
    public String toString() {
        return seconds(nanos) + " " + how;
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
