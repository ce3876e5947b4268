package dev.penstock.internal.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A {@link Ticker} as Resilience4j wants it. Counts from the epoch: only differences mean anything, and
 * nobody who changes the system's time opens or closes a breaker. Immutable.
 */
public final class TickerClock extends Clock {
    private final Ticker ticker;
    private final long origin;

    /** Begins at the epoch. */
    public TickerClock(Ticker ticker) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, ticker.nanos() - origin);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
