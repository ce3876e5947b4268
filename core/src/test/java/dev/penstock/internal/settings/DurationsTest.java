package dev.penstock.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "5s, PT5S",
        "1m, PT1M",
        "1h, PT1H",
        "0s, PT0S",
        "-5s, PT-5S",
        "PT5S, PT5S",
        "PT1H30M, PT90M",
        "P1D, PT24H"
    })
    void readsUnitsAndIso(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", " 5s", "5s ", "5S", "1.5s", "5sec", "s", "PT", "99999999999999999999s"})
    void readsNothingElse(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @Test
    void tooLongForADurationIsNoDuration() {
        assertThat(Durations.parse("9223372036854775807h")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.25S, 250ms", "PT1.5S, 1500ms", "PT90S, 90s", "PT2M, 2m", "PT24H, 24h"})
    void writesTheLargestUnitThatIsExact(Duration duration, String expected) {
        assertThat(Durations.format(duration)).isEqualTo(expected);
    }

    @Test
    void writesFractionsOfAMillisecondAsIso() {
        assertThat(Durations.format(Duration.ofNanos(1_500))).isEqualTo("PT0.0000015S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-5", "+5", "0", "2.5"})
    void knowsABareNumber(String text) {
        assertThat(Durations.isBareNumber(text)).isTrue();
    }
}
