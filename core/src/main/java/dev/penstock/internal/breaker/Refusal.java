package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.internal.time.WallClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody is told whose connect is not tried because the breaker is open. */
final class Refusal {
    private Refusal() {}

    static ConnectFailedException of(
            String name,
            @Nullable Outage outage,
            @Nullable ConnectOutcome outcome,
            String why,
            long now,
            Duration limit) {
        ConnectFailure last = outage == null ? null : outage.lastFailure();
        return new ConnectFailedException(
                "penstock '" + name + "': " + why + ": " + Outages.describe(outage, now, WallClock.now())
                        + Outages.latestFailure(outage),
                "08001",
                last == null ? List.of() : last.attempts(),
                last == null ? ConnectPhase.DNS : last.phase(),
                outcome != null ? outcome : last == null ? ConnectOutcome.UNREACHABLE : last.outcome(),
                Duration.ZERO,
                limit,
                last instanceof Throwable cause ? cause : null);
    }
}
