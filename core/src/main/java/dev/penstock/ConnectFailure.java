package dev.penstock;

import java.time.Duration;
import java.util.List;

/**
 * What is known of a connect that failed; implemented by {@link ConnectFailedException} and {@link
 * ConnectRejectedException}. Under HikariCP these arrive as the cause of the pool's own exception.
 */
public interface ConnectFailure {
    /** Every attempt in the order of their start; empty only if none was started. */
    List<ConnectAttempt> attempts();

    /** The furthest phase that any attempt reached. */
    ConnectPhase phase();

    /** The class of the failure as a whole. */
    ConnectOutcome outcome();

    /** Time spent from the call to the failure. */
    Duration elapsed();

    /** The limit that was in force. */
    Duration deadline();
}
