package dev.penstock.internal.breaker;

import dev.penstock.internal.time.WallClock;
import org.jspecify.annotations.Nullable;

/** An outage in words. */
public final class Outages {
    private Outages() {}

    /** Since when, what was tried, what comes next, and the latest failure with its addresses and phases. */
    public static String describe(@Nullable Outage outage, long now) {
        if (outage == null) {
            return "no outage is known";
        }
        if (outage.byHand()) {
            return "the breaker was opened by hand, no connection is made until it is reset (no connection since "
                    + WallClock.nanosAgo(now - outage.sinceNanos()) + ")";
        }
        long next = Math.max(0, outage.nextProbeAt() - now) / 1_000_000;
        String probes = outage.failedProbes() == 1 ? "1 probe has" : outage.failedProbes() + " probes have";
        return "no connection can be made since " + WallClock.nanosAgo(now - outage.sinceNanos()) + " ("
                + (now - outage.sinceNanos()) / 1_000_000 + " ms, " + probes + " failed), the next attempt is due in "
                + next + " ms"
                + (outage.lastFailure() instanceof Throwable last ? "; the latest failure: " + last.getMessage() : "");
    }
}
