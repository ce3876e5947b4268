package dev.penstock.internal.failure;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attempts and failures for tests. */
final class Attempts {
    private Attempts() {}

    static ConnectAttempt at(String address, ConnectPhase phase, ConnectOutcome outcome, long from, long millis) {
        return of("db.example.com:5432", address, phase, outcome, from, millis, null, null);
    }

    static ConnectAttempt of(
            String host,
            @Nullable String address,
            ConnectPhase phase,
            ConnectOutcome outcome,
            long from,
            long millis,
            @Nullable String sqlState,
            @Nullable Throwable cause) {
        return new ConnectAttempt(
                host,
                address,
                phase,
                outcome,
                Duration.ofMillis(from),
                Duration.ofMillis(millis),
                List.of(),
                sqlState,
                cause);
    }

    static FailedConnect failed(boolean expired, @Nullable String abandoned, ConnectAttempt... attempts) {
        return new FailedConnect(
                "orders",
                "jdbc:postgresql://db.example.com:5432/app",
                "",
                List.of(attempts),
                Duration.ofMillis(expired ? 5001 : 1234),
                Duration.ofSeconds(5),
                "connect.deadline",
                expired,
                abandoned);
    }
}
