package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailure;
import dev.penstock.OutageReport;
import dev.penstock.internal.time.WallClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an outage while it lasts. Immutable.
 *
 * @param sinceNanos ticker time at which the breaker opened
 * @param tries probes so far that did not end it
 * @param failedProbes those of them that count as failures
 * @param expiredProbes probes so far that used up their limit
 * @param lastFailure the latest connect failure; null if the breaker was opened by hand
 * @param nextProbeAt ticker time at which the next probe is due, or the one under way was
 * @param probe the one under way; null between probes
 */
public record Outage(
        long sinceNanos,
        int tries,
        int failedProbes,
        int expiredProbes,
        @Nullable ConnectFailure lastFailure,
        long nextProbeAt,
        @Nullable Probe probe) {

    /** A century: the difference still fits. */
    private static final long NEVER = Duration.ofDays(36_500).toNanos();

    /** A restart is a blip: who waits for a connection then must not wait longer than without a breaker. */
    private static final long BLIP = Duration.ofSeconds(10).toNanos();

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
        return new Outage(now, 0, 0, 0, failure, nextProbeAt, null);
    }

    /** Long enough for a fleet to have gathered before the server, which would come back all at once. */
    boolean isMoreThanABlip(long now) {
        return byHand() || (failedProbes > 0 && now - sinceNanos >= BLIP);
    }

    Outage withFailure(ConnectFailure failure) {
        return new Outage(sinceNanos, tries, failedProbes, expiredProbes, failure, nextProbeAt, probe);
    }

    Outage withProbe(Probe underWay) {
        return new Outage(sinceNanos, tries, failedProbes, expiredProbes, lastFailure, nextProbeAt, underWay);
    }

    /** Nothing is tried until somebody says so; the outage that there was goes on in it. */
    static Outage byHand(@Nullable Outage before, long now) {
        long since = before == null ? now : before.sinceNanos;
        return new Outage(since, 0, before == null ? 0 : before.failedProbes, 0, null, since + NEVER, null);
    }

    /** Whether it was made by hand: then no probe is due. */
    public boolean byHand() {
        return nextProbeAt - sinceNanos == NEVER;
    }

    /** A probe did not end it, and may have failed, or used up its limit. */
    Outage withTry(boolean failed, boolean expired) {
        return new Outage(
                sinceNanos,
                tries + 1,
                failedProbes + (failed ? 1 : 0),
                expiredProbes + (expired ? 1 : 0),
                lastFailure,
                nextProbeAt,
                probe);
    }

    /** No probe is under way any more. */
    Outage withNextProbeAt(long at) {
        return new Outage(sinceNanos, tries, failedProbes, expiredProbes, lastFailure, at, null);
    }

    /** For people. */
    public OutageReport report(long now) {
        long lasted = Math.max(0, now - sinceNanos);
        return new OutageReport(
                WallClock.instantNanosAgo(lasted),
                Duration.ofNanos(lasted),
                failedProbes,
                byHand() ? null : Duration.ofNanos(Math.max(0, nextProbeAt - now)),
                isConfirmed(now),
                lastFailure);
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
