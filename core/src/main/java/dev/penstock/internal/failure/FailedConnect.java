package dev.penstock.internal.failure;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectRejectedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connect that failed, and which exception that makes.
 *
 * @param connector name of the connector or pool
 * @param target URL without parameters
 * @param role {@code " (targetServerType=…)"} or empty
 * @param attempts all attempts in the order of their start
 * @param elapsed from the call to the failure
 * @param deadline the limit
 * @param limitName what it is called: a probe has one of its own
 * @param expired whether the deadline ended it
 * @param abandonedBecause null unless the caller gave up
 */
public record FailedConnect(
        String connector,
        String target,
        String role,
        List<ConnectAttempt> attempts,
        Duration elapsed,
        Duration deadline,
        String limitName,
        boolean expired,
        @Nullable String abandonedBecause) {

    /** A server that said something tells more than one that was silent; both more than a lost race. */
    private static final List<ConnectOutcome> TELLING = List.of(
            ConnectOutcome.NO_CREDENTIALS,
            ConnectOutcome.SERVER_FULL,
            ConnectOutcome.STARTING_UP,
            ConnectOutcome.SERVER_ERROR,
            ConnectOutcome.TIMED_OUT,
            ConnectOutcome.BROKEN,
            ConnectOutcome.UNREACHABLE,
            ConnectOutcome.WRONG_ROLE,
            ConnectOutcome.REJECTED);

    /** The exception for the caller; it implements {@link dev.penstock.ConnectFailure}. */
    public SQLException toException() {
        ConnectPhase phase = phase();
        Optional<ConnectAttempt> telling = telling();
        ConnectOutcome outcome = outcome(telling);
        // another attempt may have come further: what to do is about the one that tells most
        ConnectPhase tellingPhase = telling.map(ConnectAttempt::phase).orElse(phase);
        String sqlState = sqlState(outcome, tellingPhase, telling);
        Throwable cause = telling.map(ConnectAttempt::cause).orElse(null);
        String message = FailureReport.of(this, outcome, tellingPhase);
        return outcome == ConnectOutcome.REJECTED
                ? new ConnectRejectedException(message, sqlState, attempts, phase, outcome, elapsed, deadline, cause)
                : new ConnectFailedException(message, sqlState, attempts, phase, outcome, elapsed, deadline, cause);
    }

    boolean nothingTried() {
        return expired && attempts.isEmpty();
    }

    private ConnectOutcome outcome(Optional<ConnectAttempt> telling) {
        if (abandonedBecause != null) {
            return ConnectOutcome.ABANDONED;
        }
        if (everyHostRejected()) {
            return ConnectOutcome.REJECTED;
        }
        return telling.map(ConnectAttempt::outcome).orElse(ConnectOutcome.TIMED_OUT);
    }

    /** A rejection holds for its host; with several hosts it is final only if all of them rejected us. */
    private boolean everyHostRejected() {
        Map<String, Boolean> rejected = attempts.stream()
                .collect(Collectors.toMap(
                        ConnectAttempt::host, a -> a.outcome() == ConnectOutcome.REJECTED, Boolean::logicalOr));
        return !rejected.isEmpty() && rejected.values().stream().allMatch(r -> r);
    }

    /** The attempt that says most about the failure as a whole. */
    private Optional<ConnectAttempt> telling() {
        if (everyHostRejected()) {
            return attempts.stream()
                    .filter(a -> a.outcome() == ConnectOutcome.REJECTED)
                    .findFirst();
        }
        return attempts.stream()
                .filter(a -> TELLING.contains(a.outcome()))
                .min(Comparator.<ConnectAttempt>comparingInt(a -> TELLING.indexOf(a.outcome()))
                        .thenComparing(ConnectAttempt::phase, Comparator.reverseOrder()));
    }

    private ConnectPhase phase() {
        return attempts.stream()
                .map(ConnectAttempt::phase)
                .max(Comparator.naturalOrder())
                .orElse(ConnectPhase.DNS);
    }

    private static String sqlState(ConnectOutcome outcome, ConnectPhase phase, Optional<ConnectAttempt> telling) {
        String own = telling.map(ConnectAttempt::sqlState).orElse(null);
        return switch (outcome) {
            case REJECTED, SERVER_FULL, STARTING_UP, SERVER_ERROR -> own == null ? phase.sqlState() : own;
            case WRONG_ROLE -> ConnectPhase.TCP.sqlState();
            default -> phase.sqlState();
        };
    }
}
