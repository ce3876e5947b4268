package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PenstockConfigProperties {
    @Property
    void keysGiveTheValuesThatTheBuilderGives(@ForAll("configurations") PenstockConfig built) {
        PenstockConfig read = PenstockConfig.defaults().withProperties(keys(built), "builder");
        assertThat(read.settings()).isEqualTo(built.settings());
        assertThat(read.connect().deadline()).isEqualTo(built.connect().deadline());
        assertThat(read.connect().dnsPatience()).isEqualTo(built.connect().dnsPatience());
    }

    @Property
    void toBuilderChangesNothing(@ForAll("configurations") PenstockConfig built) {
        assertThat(built.toBuilder().build().settings()).isEqualTo(built.settings());
    }

    private static Map<String, String> keys(PenstockConfig config) {
        Map<String, String> keys = new HashMap<>();
        for (EffectiveSetting setting : config.settings()) {
            if (setting.origin() != null) {
                keys.put(setting.key(), setting.value());
            }
        }
        return keys;
    }

    @Provide
    Arbitrary<PenstockConfig> configurations() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        durations(1, Duration.ofDays(1)),
                        durations(10_000_000, Duration.ofSeconds(2)),
                        durations(1, Duration.ofDays(1)).injectNull(0.3),
                        durations(0, Duration.ofDays(365)),
                        Arbitraries.integers().between(1, 16))
                .as(PenstockConfigProperties::build);
    }

    private static PenstockConfig build(
            boolean enabled,
            boolean flag,
            Duration deadline,
            Duration delay,
            Duration patience,
            Duration stale,
            int sessions) {
        return PenstockConfig.builder()
                .enabled(enabled)
                .connect(c -> c.deadline(deadline).attemptDelay(delay).dnsPatience(patience))
                .connect(c -> c.dnsMaxStale(stale).maxParallelSessions(sessions))
                .connect(c -> c.racing(flag).tcpKeepAlive(!flag))
                .build();
    }

    private static Arbitrary<Duration> durations(long leastNanos, Duration most) {
        Arbitrary<Duration> exact =
                Arbitraries.longs().between(leastNanos, most.toNanos()).map(Duration::ofNanos);
        Arbitrary<Duration> whole = Arbitraries.longs()
                .between((leastNanos + 999_999) / 1_000_000, most.toMillis())
                .map(Duration::ofMillis);
        return Arbitraries.oneOf(exact, whole);
    }
}
