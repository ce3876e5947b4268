package dev.penstock.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void times() {
        assertThat(Texts.of(Duration.ofSeconds(10))).isEqualTo("10 s");
        assertThat(Texts.of(Duration.ofMillis(1500))).isEqualTo("1.50 s");
        assertThat(Texts.of(Duration.ofMillis(130))).isEqualTo("0.13 s");
        assertThat(Texts.of(Duration.ofNanos(7_640_000))).isEqualTo("7.6 ms");
        assertThat(Texts.of(Duration.ofNanos(11_400))).isEqualTo("0.011 ms");
    }

    @Test
    void failures() {
        assertThat(Texts.of(new IOException("no\nanswer"))).isEqualTo("IOException: no answer");
        assertThat(Texts.of(new IOException())).isEqualTo("java.io.IOException");
    }

    @Test
    void cutting() {
        assertThat(Texts.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Texts.cut("abcdefg", 6)).isEqualTo("abc...");
    }

    @Test
    void aMachineIsBusyByItsLoadOrByAStall() {
        assertThat(new Calm(2.9, 2, Duration.ofMillis(250)).isBusy()).isFalse();
        assertThat(new Calm(3.1, 2, Duration.ZERO).isBusy()).isTrue();
        assertThat(new Calm(-1, 2, Duration.ofMillis(251)).isBusy()).isTrue();
        assertThat(new Calm(-1, 2, Duration.ofMillis(1)).text()).isEqualTo("longest stall of this JVM 1.0 ms");
    }
}
