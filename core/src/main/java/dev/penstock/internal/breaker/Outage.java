package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an outage while it lasts. Immutable.
 *
 * @param sinceNanos ticker time at which the breaker opened
 * @param failedProbes counted failures of probes so far
 * @param lastFailure the latest connect failure; null if the breaker was opened by hand
 * @param nextProbeAt ticker time at which the next probe is due
 */
public record Outage(
        long sinceNanos, int failedProbes, @Nullable ConnectFailure lastFailure, long nextProbeAt) {
    /** A century: the difference still fits. */
    private static final long NEVER = Duration.ofDays(36_500).toNanos();

    /** Nothing is tried until somebody says so; the outage that there was goes on in it. */
    static Outage byHand(@Nullable Outage before, long now) {
        long since = before == null ? now : before.sinceNanos;
        return new Outage(since, before == null ? 0 : before.failedProbes, null, since + NEVER);
    }

    /** Whether it was made by hand: then no probe is due. */
    public boolean byHand() {
        return nextProbeAt - sinceNanos == NEVER;
    }

    Outage withFailure(@Nullable ConnectFailure failure) {
        return new Outage(sinceNanos, failedProbes, failure, nextProbeAt);
    }

    Outage withFailedProbe() {
        return new Outage(sinceNanos, failedProbes + 1, lastFailure, nextProbeAt);
    }

    Outage withNextProbeAt(long at) {
        return new Outage(sinceNanos, failedProbes, lastFailure, at);
    }
}
