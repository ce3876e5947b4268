package dev.penstock.tools.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GateResultTest {
    private static GateFork fork(double nanos, double bytes) {
        return new GateFork(nanos, nanos + 50, bytes);
    }

    @Test
    void whatDriftsFromForkToForkCancelsOut() {
        GateResult result = new GateResult(
                List.of(fork(100, 56), fork(300, 56), fork(200, 56)),
                List.of(fork(105, 56), fork(305, 56), fork(205, 56)));

        assertThat(result.difference().estimate()).isEqualTo(5);
        assertThat(result.difference().high()).isEqualTo(5);
        assertThat(result.within(15)).isTrue();
        assertThat(result.within(4.9)).isFalse();
        assertThat(result.lines(15))
                .contains("difference: 5.0 ns, 95 % interval 5.0 to 5.0, 0.0 B")
                .last()
                .asString()
                .endsWith("allowed 15.0 ns and 0 B: as promised");
    }

    @Test
    void theUpperEndOfTheIntervalIsJudged() {
        GateResult result =
                new GateResult(List.of(fork(100, 56), fork(100, 56)), List.of(fork(100, 56), fork(110, 56)));

        assertThat(result.difference().estimate()).isEqualTo(5);
        assertThat(result.within(15)).isFalse();
    }

    @Test
    void aByteIsTooMuchHoweverQuick() {
        GateResult result = new GateResult(List.of(fork(100, 56), fork(100, 56)), List.of(fork(90, 57), fork(90, 57)));

        assertThat(result.bytes()).isEqualTo(1);
        assertThat(result.within(15)).isFalse();
        assertThat(result.lines(15)).last().asString().endsWith("BROKEN");
    }

    @Test
    void aForkThatCouldNotTellTheTimeIsNone() {
        assertThatThrownBy(() -> fork(0, 56)).hasMessage("processor time must be above 0, but was 0.0");
    }
}
