package dev.penstock.internal.order;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an address has against it: its consecutive failures, halved for every {@link #HALF_LIFE} since the
 * last of them. It halves in steps, so that addresses which failed together stay equal and keep the
 * resolver's order among themselves.
 *
 * @param failures what it came to at the last failure
 * @param since tick of the last failure
 */
record Penalty(double failures, long since) {
    static final Duration HALF_LIFE = Duration.ofSeconds(30);
    /** From here it takes {@code 4 * HALF_LIFE} to be forgotten, however long the address has failed. */
    static final double MOST = 6;
    /** Less than this is nothing. */
    static final double LEAST = 0.5;

    private static final long HALF_LIFE_NANOS = HALF_LIFE.toNanos();
    private static final long HALVINGS_TO_NOTHING = 4;

    static Penalty afterFailure(@Nullable Penalty before, long now) {
        double remaining = before == null ? 0 : before.at(now);
        return new Penalty(Math.min(MOST, remaining + 1), now);
    }

    /** What remains of it; 0 once it is forgotten. */
    double at(long now) {
        long halvings = Math.max(0, now - since) / HALF_LIFE_NANOS;
        double remaining = halvings >= HALVINGS_TO_NOTHING ? 0 : failures / (1L << halvings);
        return remaining < LEAST ? 0 : remaining;
    }

    AddressState stateAt(long now, AddressKey key) {
        return key.state(false, at(now), Duration.ofNanos(Math.max(0, now - since)));
    }
}
