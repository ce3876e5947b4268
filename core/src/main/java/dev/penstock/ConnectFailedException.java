package dev.penstock;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No usable session within the deadline, or every address failed before it. Trying again later may
 * succeed, so this is a transient exception.
 *
 * <p>SQLState: the server's own where it gave one ({@code 53300} server full, {@code 57P03} starting
 * up); otherwise {@code 08001} while no server was reached and {@code 08006} after that.
 */
public final class ConnectFailedException extends SQLTransientConnectionException implements ConnectFailure {
    private static final long serialVersionUID = 1L;

    private final transient List<ConnectAttempt> attempts;
    private final ConnectPhase phase;
    private final ConnectOutcome outcome;
    private final Duration elapsed;
    private final Duration deadline;

    /** Made by Penstock; the message is the whole report, secrets masked. */
    public ConnectFailedException(
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
