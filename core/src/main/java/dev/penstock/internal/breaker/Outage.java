package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an outage while it lasts. Immutable.
 *
 * @param sinceNanos ticker time at which the breaker opened
 * @param failedProbes counted failures of probes so far
 * @param expiredProbes probes so far that used up their limit
 * @param lastFailure the latest connect failure; null if the breaker was opened by hand
 * @param nextProbeAt ticker time at which the next probe is due, or the one under way was
 * @param probe the one under way; null between probes
 */
public record Outage(
        long sinceNanos,
        int failedProbes,
        int expiredProbes,
        @Nullable ConnectFailure lastFailure,
        long nextProbeAt,
        @Nullable Probe probe) {

    /** A century: the difference still fits. */
    private static final long NEVER = Duration.ofDays(36_500).toNanos();

    /** After that a probe that is due and that nobody makes leaves the outage unconfirmed. */
    private static final long CONFIRMED_FOR = Duration.ofSeconds(1).toNanos();

    /**
     * A probe under way.
     *
     * @param number counts all probes of the breaker
     * @param begunAt ticker time of its begin
     * @param overdueAt ticker time at which it must have ended: later it is given up for lost
     */
    record Probe(long number, long begunAt, long overdueAt) {}

    /** One that begins. */
    public static Outage since(long now, @Nullable ConnectFailure failure, long nextProbeAt) {
        return new Outage(now, 0, 0, failure, nextProbeAt, null);
    }

    /** Long enough for a fleet to come back all at once. */
    boolean isMoreThanABlip() {
        return failedProbes > 0 || byHand();
    }

    Outage withFailure(ConnectFailure failure) {
        return new Outage(sinceNanos, failedProbes, expiredProbes, failure, nextProbeAt, probe);
    }

    Outage withProbe(Probe underWay) {
        return new Outage(sinceNanos, failedProbes, expiredProbes, lastFailure, nextProbeAt, underWay);
    }

    /** Nothing is tried until somebody says so; the outage that there was goes on in it. */
    static Outage byHand(@Nullable Outage before, long now) {
        long since = before == null ? now : before.sinceNanos;
        return new Outage(since, before == null ? 0 : before.failedProbes, 0, null, since + NEVER, null);
    }

    /** Whether it was made by hand: then no probe is due. */
    public boolean byHand() {
        return nextProbeAt - sinceNanos == NEVER;
    }

    Outage withFailedProbe() {
        return new Outage(sinceNanos, failedProbes + 1, expiredProbes, lastFailure, nextProbeAt, probe);
    }

    Outage withExpiredProbe() {
        return new Outage(sinceNanos, failedProbes, expiredProbes + 1, lastFailure, nextProbeAt, probe);
    }

    /** No probe is under way any more. */
    Outage withNextProbeAt(long at) {
        return new Outage(sinceNanos, failedProbes, expiredProbes, lastFailure, at, null);
    }

    /** When the next thing happens of itself: a probe is due, or the one under way is. */
    long nextEventAt() {
        return probe == null ? nextProbeAt : probe.overdueAt();
    }

    /**
     * Whether it is known to last still: probes fail, and one is made whenever it is due. Nobody probes while
     * nobody wants a connection, so after a quiet time the server may long be back.
     */
    public boolean isConfirmed(long now) {
        long probedAt = probe == null ? now : probe.begunAt();
        return probedAt - nextProbeAt < CONFIRMED_FOR;
    }
}
