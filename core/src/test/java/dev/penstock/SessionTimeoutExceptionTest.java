package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionTimeoutException.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTimeoutExceptionTest {
    private static SessionTimeoutException of(Origin origin) {
        return new SessionTimeoutException(
                SessionLimit.STATEMENT, Duration.ofMinutes(10), Duration.ofMillis(601_250), 7, "10.0.0.1:5432", origin);
    }

    @Test
    void theSettingIsNamedAsItIsConfigured() {
        assertThat(of(Origin.POOL))
                .hasMessage(
                        "penstock has closed this connection: a statement had been running for 601 s, the limit is"
                                + " penstock.session.statementTimeout=10m (enforced by the client; backend 7 at 10.0.0.1:5432)");
    }

    /** The configuration says something else. */
    @Test
    void unlessItWasThatOfAView() {
        assertThat(of(Origin.LEASE))
                .hasMessageContaining(
                        "the limit is 10m for this lease instead of penstock.session." + "statementTimeout (enforced")
                .message()
                .doesNotContain("statementTimeout=");
    }

    /** Whoever reads it looks for a timeout in code, not in the configuration. */
    @Test
    void orThatOfATransaction() {
        assertThat(of(Origin.TRANSACTION))
                .hasMessageContaining("the limit is 10m, what was left of the timeout of its transaction (enforced")
                .message()
                .doesNotContain("penstock.session");
        assertThat(of(Origin.TRANSACTION).isOfLease()).isTrue();
    }
}
