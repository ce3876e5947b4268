package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.time.Duration;
import java.util.List;

/** Connect failures of each class. */
final class Failures {
    private Failures() {}

    static ConnectFailedException of(ConnectOutcome outcome) {
        return of(outcome, Duration.ofMillis(3), Duration.ofSeconds(5));
    }

    static ConnectFailedException of(ConnectOutcome outcome, Duration elapsed, Duration limit) {
        return new ConnectFailedException(
                "made up: " + outcome, "08001", List.of(), ConnectPhase.TCP, outcome, elapsed, limit, null);
    }
}
