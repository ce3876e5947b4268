package dev.penstock.internal.breaker;

import java.time.Duration;

/**
 * How fast connections may be made after an outage: so many per second at first, twice as many every two
 * seconds, without limit after twenty. A fleet must not storm a server that has just come back. Not
 * thread-safe: guarded by whoever owns it.
 */
final class SlowStart {
    static final Duration LASTS = Duration.ofSeconds(20);
    private static final long DOUBLES_EVERY = Duration.ofSeconds(2).toNanos();
    private static final double SECOND = 1e9;

    private final int perSecond;

    private boolean begun;
    private long begunAt;
    private long nextFree;

    SlowStart(int perSecond) {
        this.perSecond = perSecond;
    }

    /** The outage is over. */
    void begin(long now) {
        begun = true;
        begunAt = now;
        nextFree = now;
    }

    /** Takes the next place in line; nanoseconds until its turn, zero if that is now. */
    long takePlace(long now) {
        if (!begun) {
            return 0;
        }
        if (now - begunAt >= LASTS.toNanos()) {
            begun = false;
            return 0;
        }
        long turn = Math.max(now, nextFree);
        double rate = perSecond * Math.pow(2, Math.floor((turn - begunAt) / (double) DOUBLES_EVERY));
        nextFree = turn + (long) (SECOND / rate);
        return turn - now;
    }
}
