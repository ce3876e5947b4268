package dev.penstock.spring.events;

import dev.penstock.internal.time.Ticker;
import java.util.concurrent.TimeUnit;

/** At most so many within any minute, wherever that minute begins. Thread-safe. */
final class Rate {
    static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Ticker ticker;
    private final long[] latest; // when the latest were let through, the oldest at next; guarded by this
    private int known; // how many of these; guarded by this
    private int next; // guarded by this

    Rate(Ticker ticker, int perMinute) {
        this.ticker = ticker;
        this.latest = new long[perMinute];
    }

    /** Whether one more may pass now; it counts if so. */
    synchronized boolean lets() {
        long now = ticker.nanos();
        if (known == latest.length && now - latest[next] < MINUTE) {
            return false;
        }
        latest[next] = now;
        next = (next + 1) % latest.length;
        known = Math.min(known + 1, latest.length);
        return true;
    }
}
