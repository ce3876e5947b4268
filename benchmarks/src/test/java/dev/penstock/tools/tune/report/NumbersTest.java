package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void figuresHaveThreeDigitsAtLeast() {
        assertThat(Numbers.figure(12_345.6)).isEqualTo("12,346");
        assertThat(Numbers.figure(99.96)).isEqualTo("100.0");
        assertThat(Numbers.figure(8.2)).isEqualTo("8.20");
        assertThat(Numbers.figure(0.0421)).isEqualTo("0.042");
        assertThat(Numbers.figure(0)).isEqualTo("0");
    }

    @Test
    void timesHaveTheUnitThatFits() {
        assertThat(Numbers.time(42)).isEqualTo("42 \u00b5s");
        assertThat(Numbers.time(4_200)).isEqualTo("4.2 ms");
        assertThat(Numbers.time(1_500_000)).isEqualTo("1.5 s");
        assertThat(Ascii.time(Duration.ofNanos(1_500))).isEqualTo("1.5 us");
    }

    @Test
    void spans() {
        assertThat(Numbers.span(Duration.ofMillis(4_250))).isEqualTo("4.25 s");
        assertThat(Numbers.span(Duration.ofSeconds(97))).isEqualTo("97 s");
        assertThat(Numbers.span(Duration.ofSeconds(312))).isEqualTo("5 min 12 s");
    }

    @Test
    void roundOnesHaveNoZerosAtTheEnd() {
        assertThat(Numbers.round(20)).isEqualTo("20");
        assertThat(Numbers.round(0.05)).isEqualTo("0.05");
        assertThat(Numbers.round(12.345)).isEqualTo("12.3");
        assertThat(Numbers.round(123_456)).isEqualTo("123,456");
        assertThat(Numbers.percent(0.05)).isEqualTo("5 %");
    }

    @Test
    void theExtremeAreShortToo() {
        assertThat(Numbers.tick(2_500_000)).isEqualTo("2.5 M");
        assertThat(Numbers.figure(1.5e200)).isEqualTo("1.5e+200");
        assertThat(Numbers.round(1e-200)).isEqualTo("1.0e-200");
        assertThat(Numbers.round(Double.NaN)).isEqualTo("-");
        assertThat(Numbers.figure(Double.POSITIVE_INFINITY)).isEqualTo("-");
    }
}
