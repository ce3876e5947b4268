package dev.penstock.tools.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Fork fork(double nanos, double bytes) {
        return new Fork(nanos, nanos + 50, bytes);
    }

    private static Promise promised(double nanos) {
        return new Promise(nanos, 0);
    }

    @Test
    void whatDriftsFromForkToForkCancelsOut() {
        Comparison result = new Comparison(
                List.of(fork(100, 56), fork(300, 56), fork(200, 56)),
                List.of(fork(105, 56), fork(305, 56), fork(205, 56)));

        assertThat(result.difference().estimate()).isEqualTo(5);
        assertThat(result.difference().high()).isEqualTo(5);
        assertThat(result.keeps(promised(15))).isTrue();
        assertThat(result.keeps(promised(4.9))).isFalse();
        assertThat(result.lines(promised(15)))
                .contains("difference: 5.0 ns, 95 % interval 5.0 to 5.0, 0.0 B")
                .last()
                .asString()
                .endsWith("allowed 15.0 ns and 0 B: as promised");
    }

    @Test
    void theUpperEndOfTheIntervalIsJudged() {
        Comparison result =
                new Comparison(List.of(fork(100, 56), fork(100, 56)), List.of(fork(100, 56), fork(110, 56)));

        assertThat(result.difference().estimate()).isEqualTo(5);
        assertThat(result.keeps(promised(15))).isFalse();
    }

    @Test
    void aByteIsTooMuchHoweverQuick() {
        Comparison result = new Comparison(List.of(fork(100, 56), fork(100, 56)), List.of(fork(90, 57), fork(90, 57)));

        assertThat(result.bytes()).isEqualTo(1);
        assertThat(result.keeps(promised(15))).isFalse();
        assertThat(result.lines(promised(15))).last().asString().endsWith("BROKEN");
    }

    @Test
    void bytesMayBePromised() {
        Comparison result =
                new Comparison(List.of(fork(100, 56), fork(100, 56)), List.of(fork(90, 120.4), fork(90, 120.4)));

        assertThat(result.keeps(new Promise(15, 64))).isTrue();
        assertThat(result.keeps(new Promise(15, 63))).isFalse();
        assertThat(result.verdict(new Promise(15, 64))).endsWith("allowed 15.0 ns and 64 B: as promised");
    }

    @Test
    void theMedianIsOfTheDifferences() {
        Comparison result = new Comparison(
                List.of(fork(100, 56), fork(300, 56), fork(200, 56)),
                List.of(fork(101, 56), fork(302, 56), fork(260, 56)));

        assertThat(result.medianDifference()).isEqualTo(2);
    }

    @Test
    void theRatioIsOfForksOfTheSameRound() {
        Comparison result =
                new Comparison(List.of(fork(100, 56), fork(200, 56)), List.of(fork(110, 56), fork(220, 56)));

        assertThat(result.ratio().estimate()).isCloseTo(1.1, within(1e-9));
        assertThat(result.ratio().high()).isCloseTo(1.1, within(1e-9));
    }

    @Test
    void unpairedForksAreRefused() {
        assertThatThrownBy(() -> new Comparison(List.of(fork(100, 56)), List.of()))
                .hasMessage("there must be as many forks of either side, but were 1 and 0");
    }

    @Test
    void aForkThatCouldNotTellTheTimeIsNone() {
        assertThatThrownBy(() -> fork(0, 56)).hasMessage("processor time must be above 0, but was 0.0");
    }
}
