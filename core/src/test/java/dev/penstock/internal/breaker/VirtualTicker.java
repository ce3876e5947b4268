package dev.penstock.internal.breaker;

import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so. */
final class VirtualTicker implements Ticker {
    private final AtomicLong now = new AtomicLong(1_000_000_007L);

    @Override
    public long nanos() {
        return now.get();
    }

    void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }
}
