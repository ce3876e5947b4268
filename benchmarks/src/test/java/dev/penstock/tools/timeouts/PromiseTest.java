package dev.penstock.tools.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final Promise PROMISE = new Promise("a statement", Duration.ofSeconds(3), "57014");

    private static Ending ending(long millis, String how) {
        return new Ending(Duration.ofMillis(millis).toNanos(), how);
    }

    @Test
    void itIsKeptByWhatEndsInTimeAndAsItMust() {
        assertThat(PROMISE.isKept(ending(3_000, "57014"))).isTrue();
        assertThat(PROMISE.isKept(ending(3_001, "57014"))).isFalse();
        assertThat(PROMISE.isKept(ending(2_000, "08006"))).isFalse();
    }

    @Test
    void anEndingSurvivesTheWayToAnotherJvm() {
        Ending ending = ending(2_250, "57014").and("not reusable");

        assertThat(Ending.decoded(ending.encoded())).isEqualTo(ending);
        assertThat(ending).hasToString("2.25 s 57014, not reusable");
    }

    @Test
    void anEndingSaysWhetherTheReasonWasTold() {
        SQLException reset = new SQLException("reset", "08006");
        SQLException ours = new SQLException("closed", "08006");
        ours.initCause(new SessionTimeoutException(
                SessionLimit.STATEMENT,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                1,
                null,
                SessionTimeoutException.Origin.POOL));

        assertThat(Ending.of(() -> throwIt(reset)).how()).isEqualTo("08006");
        assertThat(Ending.of(() -> throwIt(ours)).how()).isEqualTo("08006, told why");
        assertThat(Ending.of(() -> {}).how()).isEqualTo("not cut");
    }

    private static void throwIt(SQLException e) throws SQLException {
        throw e;
    }
}
