package dev.penstock.internal.race;

import java.time.Duration;

/**
 * The numbers of the race.
 *
 * @param racing whether addresses are tried side by side at all; if not, one by one, each with its
 *     fair share of the time that is left
 * @param attemptDelay nanoseconds from one TCP attempt to the next (RFC 8305, section 5: 250 ms)
 * @param crowdedDelay the same once two attempts are in flight (RFC 8305's recommended minimum)
 * @param patience how long an accepted server may be silent before the next address gets its chance
 * @param crowdedPatience the same once two are silent
 * @param maxSessions sessions that may be open side by side
 * @param dnsPatience how long a look-up may take before the last good answer is asked for
 */
public record RaceRules(
        boolean racing,
        long attemptDelay,
        long crowdedDelay,
        long patience,
        long crowdedPatience,
        int maxSessions,
        long dnsPatience) {

    /** TCP attempts in flight; beyond that the oldest gives way. Bounds threads, not addresses. */
    static final int MAX_DIALLING = 16;

    /** The most that an address is promised whatever the others do: a TLS session across a continent. */
    static final long CLAIM = Duration.ofMillis(200).toNanos();

    private static final long FIRST_REST = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_REST = Duration.ofMillis(1500).toNanos();
    private static final long CROWDED_DELAY = Duration.ofMillis(100).toNanos();
    private static final long PATIENCE = Duration.ofMillis(500).toNanos();
    private static final long CROWDED_PATIENCE = Duration.ofMillis(250).toNanos();

    /** The rules for the settings that can be set; the rest is fixed. */
    public static RaceRules of(boolean racing, Duration attemptDelay, int maxSessions, Duration dnsPatience) {
        long delay = attemptDelay.toNanos();
        return new RaceRules(
                racing,
                delay,
                Math.min(delay, CROWDED_DELAY),
                PATIENCE,
                CROWDED_PATIENCE,
                racing ? maxSessions : 1,
                dnsPatience.toNanos());
    }

    /** How long to leave a server alone that has said {@code times} times that it is starting up. */
    static long restAfter(int times) {
        return Math.min(LONGEST_REST, FIRST_REST << Math.min(times - 1, 10));
    }
}
