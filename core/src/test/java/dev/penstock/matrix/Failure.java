package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectRejectedException;
import dev.penstock.PenstockConnector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A connect that failed, as its caller saw it.
 *
 * @param exception what was thrown
 * @param details the same
 * @param sqlState its SQLState
 * @param took time from the call to the exception by the caller's own clock
 */
record Failure(Throwable exception, ConnectFailure details, String sqlState, Duration took) {
    /** What the deadline may be exceeded by on a machine that has other things to do. */
    static final Duration OVERSHOOT = Duration.ofSeconds(1);

    /** Connects, which must fail. */
    static Failure of(PenstockConnector connector) {
        long start = System.nanoTime();
        try (Connection connection = connector.getConnection()) {
            return fail("connected, as %s, where no connect can succeed", connection);
        } catch (SQLException e) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (e instanceof ConnectFailure details) {
                return new Failure(e, details, e.getSQLState(), took);
            }
            return fail("not a ConnectFailure", e);
        }
    }

    /** Class, outcome, phase and SQLState agree, and the message says what somebody needs to know. */
    Failure is(ConnectOutcome outcome, ConnectPhase phase) {
        assertThat(exception)
                .isInstanceOf(
                        outcome == ConnectOutcome.REJECTED
                                ? ConnectRejectedException.class
                                : ConnectFailedException.class);
        assertThat(details.outcome()).as(exception.getMessage()).isEqualTo(outcome);
        assertThat(details.phase()).as(exception.getMessage()).isEqualTo(phase);
        assertThat(details.attempts()).isNotEmpty();
        assertThat(exception)
                .hasMessageContaining(phase.label() + ": ")
                .hasMessageContaining("in " + details.elapsed().toMillis() + " ms")
                .hasMessageContaining("connect.deadline " + details.deadline().toMillis() + " ms");
        return this;
    }

    /** SQLState as the phase has it, for failures in which no server said one. */
    Failure hasStateOfPhase() {
        boolean reached = details.phase().compareTo(ConnectPhase.TCP) > 0;
        return hasState(reached ? "08006" : "08001");
    }

    Failure hasState(String expected) {
        assertThat(sqlState).as(exception.getMessage()).isEqualTo(expected);
        return this;
    }

    Failure names(String... texts) {
        assertThat(exception.getMessage()).contains(texts);
        return this;
    }

    /** The deadline ended it: not before its time, and not long after. */
    Failure atTheDeadline(Duration deadline) {
        assertThat(details.deadline()).isEqualTo(deadline);
        assertThat(details.elapsed()).isGreaterThanOrEqualTo(deadline);
        assertThat(took).isBetween(deadline, deadline.plus(OVERSHOOT));
        return this;
    }

    /** The fault ended it, without waiting for the deadline. */
    Failure before(Duration deadline) {
        assertThat(details.deadline()).isEqualTo(deadline);
        assertThat(took).isLessThan(deadline);
        return this;
    }
}
