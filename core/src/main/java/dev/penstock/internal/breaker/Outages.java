package dev.penstock.internal.breaker;

import dev.penstock.internal.time.WallClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An outage in words. */
public final class Outages {
    private Outages() {}

    /**
     * Since when, what was tried, what comes next.
     *
     * @param now ticker time of what the text is about
     * @param at the same instant by the calendar: the text may be read much later
     */
    public static String describe(@Nullable Outage outage, long now, Instant at) {
        if (outage == null) {
            return "no outage is known";
        }
        Instant since = WallClock.nanosBefore(at, now - outage.sinceNanos());
        if (outage.byHand()) {
            return "the breaker was opened by hand, no connection is made until it is reset (no connection since "
                    + since + ")";
        }
        long next = Math.max(0, outage.nextProbeAt() - now) / 1_000_000;
        String probes = outage.failedProbes() == 1 ? "1 probe has" : outage.failedProbes() + " probes have";
        return "no connection can be made since " + since + " (" + (now - outage.sinceNanos()) / 1_000_000 + " ms, "
                + probes + " failed), the next attempt is due in " + next + " ms";
    }

    /** The latest failure with its addresses and phases, several lines long: it comes last. */
    public static String latestFailure(@Nullable Outage outage) {
        return outage != null && outage.lastFailure() instanceof Throwable last
                ? "; the latest failure: " + last.getMessage()
                : "";
    }
}
