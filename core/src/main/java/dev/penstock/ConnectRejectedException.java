package dev.penstock;

import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server refuses us for a reason that trying again does not mend: SQLState class {@code 28}
 * (authentication, authorisation) or {@code 3D000} (no such database), on every host that answered.
 */
public final class ConnectRejectedException extends SQLNonTransientConnectionException implements ConnectFailure {
    private static final long serialVersionUID = 1L;

    private final transient List<ConnectAttempt> attempts;
    private final ConnectPhase phase;
    private final ConnectOutcome outcome;
    private final Duration elapsed;
    private final Duration deadline;

    /** Made by Penstock; the message is the whole report, secrets masked. */
    public ConnectRejectedException(
            String message,
            String sqlState,
            List<ConnectAttempt> attempts,
            ConnectPhase phase,
            ConnectOutcome outcome,
            Duration elapsed,
            Duration deadline,
            @Nullable Throwable cause) {
        super(message, sqlState, cause);
        this.attempts = List.copyOf(attempts);
        this.phase = phase;
        this.outcome = outcome;
        this.elapsed = elapsed;
        this.deadline = deadline;
    }

    @Override
    public List<ConnectAttempt> attempts() {
        // null only after deserialisation: attempts hold addresses and causes of another machine
        return attempts == null ? List.of() : attempts;
    }

    @Override
    public ConnectPhase phase() {
        return phase;
    }

    @Override
    public ConnectOutcome outcome() {
        return outcome;
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }
}
