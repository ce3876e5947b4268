package dev.penstock.tools.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is made of single calls. */
class FiguresTest {
    private static final long MILLI = 1_000_000;

    private static Call call(long millis) {
        return new Call(7, 7 + millis * MILLI, null, null);
    }

    @Test
    void aCallMayOutlastItsLimitByATenthOfASecond() {
        Limits.Run run = Limits.Run.of(List.of(call(3), call(1_100), call(1_101), call(900)));

        assertThat(run.calls()).isEqualTo(4);
        assertThat(run.beyond()).isEqualTo(1);
        assertThat(run.overshoot()).isEqualTo(101 * MILLI);
        assertThat(Limits.Run.of(List.of(call(900))).overshoot()).isNegative();
    }

    @Test
    void aConnectionThatIsOfNoUseIsServedButNotUsable() {
        Call broken = new Call(0, MILLI, null, new SQLException("gone"));
        Call refused = new Call(0, MILLI, new SQLException("no"), null);

        assertThat(broken.served()).isTrue();
        assertThat(broken.usable()).isFalse();
        assertThat(refused.served()).isFalse();
        assertThat(refused.usable()).isFalse();
    }

    @Test
    void aRecoveryThatLeavesSomebodyOutIsNone() {
        Duration limit = Duration.ofSeconds(3);

        assertThat(new Recovery.Run(1, 3_000 * MILLI, Borrowers.COUNT).within(limit))
                .isTrue();
        assertThat(new Recovery.Run(1, 3_001 * MILLI, Borrowers.COUNT).within(limit))
                .isFalse();
        assertThat(new Recovery.Run(1, 2 * MILLI, Borrowers.COUNT - 1).within(limit))
                .isFalse();
    }

    @Test
    void percentilesAreValuesThatWereMeasured() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();

        assertThat(FailFast.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(FailFast.percentile(hundred, 0.991)).isEqualTo(100);
        assertThat(FailFast.percentile(hundred, 1)).isEqualTo(100);
        assertThat(FailFast.percentile(new long[] {5}, 0.5)).isEqualTo(5);
    }

    @Test
    void aMinuteHasSixtyAttemptsAndLessHasLess() {
        assertThat(SessionAttempts.limit(Duration.ofSeconds(60))).isEqualTo(60);
        assertThat(SessionAttempts.limit(Duration.ofSeconds(15))).isEqualTo(18);
    }
}
