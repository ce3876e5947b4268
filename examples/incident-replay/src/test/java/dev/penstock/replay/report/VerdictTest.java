package dev.penstock.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Promise KEPT =
            Promise.atMost("first connect", Duration.ofMillis(1280), Duration.ofMillis(1500));
    private static final Promise LATE =
            Promise.atMost("serves again", Duration.ofMillis(7010), Duration.ofMillis(6500));
    private static final Promise SLOW = Promise.atMost("second connect", 1.31, 1.3);

    @Test
    void allKept() {
        Verdict verdict = new Verdict(List.of(KEPT, KEPT));

        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.lastLines()).containsExactly("All 2 promises were kept.");
    }

    @Test
    void oneBrokenPromiseIsEnough() {
        Verdict verdict = new Verdict(List.of(LATE, KEPT));

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.lastLines()).containsExactly("BROKEN: serves again: 7.01 s, limit 6.50 s");
    }

    @Test
    void everyBrokenPromiseIsNamed() {
        assertThat(new Verdict(List.of(LATE, KEPT, SLOW)).lastLines())
                .containsExactly(
                        "BROKEN: serves again: 7.01 s, limit 6.50 s", "BROKEN: second connect: 1.31 x, limit 1.30 x");
    }

    @Test
    void aReplayThatMeasuredNothingHasShownNothing() {
        Verdict verdict = new Verdict(List.of());

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.lastLines()).containsExactly("BROKEN: nothing was measured");
    }

    @Test
    void theLimitItselfIsKept() {
        Duration limit = Duration.ofMillis(1500);

        assertThat(Promise.atMost("x", limit, limit).kept()).isTrue();
        assertThat(Promise.atMost("x", limit.plusNanos(1), limit).kept()).isFalse();
        assertThat(Promise.atMost("x", 1.3, 1.3).kept()).isTrue();
        assertThat(Promise.atMost("x", Double.NaN, 1.3).kept()).isFalse();
        assertThat(Promise.none("x", 0, 12)).isEqualTo(new Promise("x", "0 of 12", "0", true));
        assertThat(Promise.none("x", 1, 12).kept()).isFalse();
        assertThat(Promise.broken("x", "never", "1 s").kept()).isFalse();
    }

    @Test
    void asTable() {
        assertThat(new Verdict(List.of(KEPT, LATE)).table().lines())
                .containsExactly(
                        "promise         measured   limit    kept",
                        "-------------   --------   ------   ----",
                        "first connect   1.28 s     1.50 s   yes",
                        "serves again    7.01 s     6.50 s   NO");
    }

    @Test
    void asMarkdown() {
        assertThat(new Verdict(List.of(KEPT)).table().markdown())
                .containsExactly(
                        "| promise | measured | limit | kept |",
                        "|---|---|---|---|",
                        "| first connect | 1.28 s | 1.50 s | yes |");
    }
}
