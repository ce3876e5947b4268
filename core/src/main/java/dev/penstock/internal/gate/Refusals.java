package dev.penstock.internal.gate;

import dev.penstock.PoolControl;
import dev.penstock.PoolUnavailableException;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.breaker.Outages;
import dev.penstock.internal.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a caller is told whom the gate does not let through. The text is made when somebody reads it. */
final class Refusals {
    private Refusals() {}

    /** At once: the outage has lasted too long for anybody to wait. */
    static PoolUnavailableException failFast(
            String name, PoolControl pool, @Nullable Outage outage, Duration waited, long now) {
        String counters = counters(pool);
        Instant at = WallClock.now();
        return PoolUnavailableException.withoutStack(
                () -> "pool '" + name + "' is empty (" + counters + ") and " + Outages.describe(outage, now, at)
                        + ". Refused after " + waited.toMillis()
                        + " ms because the outage has lasted longer than gate.failFastAfter"
                        + Outages.latestFailure(outage),
                cause(outage));
    }

    /** The caller's own limit is over. */
    static PoolUnavailableException outOfTime(
            String name, PoolControl pool, @Nullable Outage outage, Duration waited, Duration limit, long now) {
        String counters = counters(pool);
        Instant at = WallClock.now();
        return PoolUnavailableException.withStack(
                () -> "pool '" + name + "' "
                        + (outage == null
                                ? "is suspended (" + counters + ")"
                                : "is empty (" + counters + ") and " + Outages.describe(outage, now, at))
                        + ". No connection within " + waited.toMillis() + " ms, the limit was " + limit.toMillis()
                        + " ms" + Outages.latestFailure(outage),
                cause(outage));
    }

    /** The pool was closed while the caller waited in front of it. */
    static PoolUnavailableException closed(String name, Duration waited) {
        return PoolUnavailableException.withStack(
                () -> "pool '" + name + "' was closed while the caller waited for a connection, after "
                        + waited.toMillis() + " ms",
                null);
    }

    private static @Nullable Throwable cause(@Nullable Outage outage) {
        return outage != null && outage.lastFailure() instanceof Throwable last ? last : null;
    }

    private static String counters(PoolControl pool) {
        return "total " + pool.total() + ", active " + pool.active() + ", idle " + pool.idle() + ", waiting "
                + pool.waiting();
    }
}
