package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTimeoutExceptionTest {
    private static SessionTimeoutException of(boolean ofLease) {
        return new SessionTimeoutException(
                SessionLimit.STATEMENT,
                Duration.ofMinutes(10),
                Duration.ofMillis(601_250),
                7,
                "10.0.0.1:5432",
                ofLease);
    }

    @Test
    void theSettingIsNamedAsItIsConfigured() {
        assertThat(of(false))
                .hasMessage(
                        "penstock has closed this connection: a statement had been running for 601 s, the limit is"
                                + " penstock.session.statementTimeout=10m (enforced by the client; backend 7 at 10.0.0.1:5432)");
    }

    /** The configuration says something else. */
    @Test
    void unlessItWasThatOfAView() {
        assertThat(of(true))
                .hasMessageContaining(
                        "the limit is 10m for this lease instead of penstock.session." + "statementTimeout (enforced")
                .message()
                .doesNotContain("statementTimeout=");
    }
}
