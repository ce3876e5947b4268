package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailure;
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
