package dev.penstock.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DurationsProperties {
    @Property
    void everyDurationReadsBackAsItWasWritten(
            @ForAll long seconds, @ForAll @IntRange(max = 999_999_999) int nanoseconds) {
        Duration duration = Duration.ofSeconds(seconds, nanoseconds);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Property
    void everyWholeMillisecondReadsBackAsItWasWritten(@ForAll int milliseconds) {
        Duration duration = Duration.ofMillis(milliseconds);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }
}
