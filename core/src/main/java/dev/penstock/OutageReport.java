package dev.penstock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outage that lasts: the breaker on the creation of connections is open. A snapshot.
 *
 * @param since when the breaker opened, by the system's clock as it is now
 * @param lasted time since then, by the JVM's monotonic clock
 * @param failedProbes probes that have failed so far
 * @param nextProbeIn until the next probe is due; zero if it is under way, or due as soon as somebody wants a
 *     connection; null if there is none, because the breaker was opened by hand
 * @param confirmed whether it is known to last still: probes fail, and one is made whenever it is due. False once one is
 *     due and nobody has wanted a connection since, so that none was made: then the server may long be back
 * @param lastFailure the latest connect failure, its secrets masked; null if the breaker was opened by hand
 */
public record OutageReport(
        Instant since,
        Duration lasted,
        int failedProbes,
        @Nullable Duration nextProbeIn,
        boolean confirmed,
        @Nullable ConnectFailure lastFailure) {}
