package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PenstockConfigTest {
    private static final String DEADLINE = "penstock.connect.deadline";

    @AfterEach
    void clearSystemProperty() {
        System.clearProperty("penstock.enabled");
    }

    @Test
    void defaultsAreThoseOfTheTable() {
        PenstockConfig config = PenstockConfig.defaults();
        ConnectSettings connect = config.connect();
        assertThat(config.enabled()).isTrue();
        assertThat(config.listeners()).isEmpty();
        assertThat(connect.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(connect.racing()).isTrue();
        assertThat(connect.attemptDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(connect.maxParallelSessions()).isEqualTo(3);
        assertThat(connect.dnsPatience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(connect.dnsMaxStale()).isEqualTo(Duration.ofHours(1));
        assertThat(connect.tcpKeepAlive()).isTrue();
        assertThat(connect.credentials()).isNull();
    }

    @Test
    void dnsPatienceFollowsAShortDeadline() {
        assertThat(connect(c -> c.deadline(Duration.ofSeconds(2))).dnsPatience())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(connect(c -> c.deadline(Duration.ofNanos(3))).dnsPatience()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void explicitDnsPatienceStaysAndNullGoesBackToTheDefault() {
        Duration patience = Duration.ofMillis(700);
        assertThat(connect(c -> c.dnsPatience(patience)).dnsPatience()).isEqualTo(patience);
        assertThat(connect(c -> c.dnsPatience(patience).dnsPatience(null)).dnsPatience())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect.deadline | 0s | must be greater than zero and at most 24h",
                "connect.deadline | -1s | must be greater than zero and at most 24h",
                "connect.deadline | 25h | must be greater than zero and at most 24h",
                "connect.attemptDelay | 9ms | must be between 10ms and 2s (RFC 8305)",
                "connect.attemptDelay | 2001ms | must be between 10ms and 2s (RFC 8305)",
                "connect.dnsPatience | 0s | must be greater than zero and at most 24h",
                "connect.dnsMaxStale | -1ms | must be zero or more, at most 8760h",
            })
    void refusesDurationsThatBreakTheRule(String key, String value, String rule) {
        assertThatThrownBy(() -> PenstockConfig.defaults().withProperties(Map.of("penstock." + key, value), "test"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("penstock." + key + " " + rule + ", but was '" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 17})
    void refusesSessionsOutOfRange(int sessions) {
        assertThatThrownBy(() -> connect(c -> c.maxParallelSessions(sessions)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("penstock.connect.maxParallelSessions must be between 1 and 16, but was " + sessions);
    }

    @Test
    void takesTheBoundsOfEachRule() {
        connect(c -> c.deadline(Duration.ofNanos(1))
                .attemptDelay(Duration.ofMillis(10))
                .maxParallelSessions(1));
        connect(c -> c.deadline(Duration.ofDays(1))
                .attemptDelay(Duration.ofSeconds(2))
                .maxParallelSessions(16));
        assertThat(connect(c -> c.dnsMaxStale(Duration.ZERO)).dnsMaxStale()).isZero();
    }

    @Test
    void buildChecksWhatTheBuilderTook() {
        PenstockConfig.Builder builder = PenstockConfig.builder().connect(c -> c.deadline(Duration.ZERO));
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(DEADLINE + " must be greater than zero and at most 24h, but was '0s'");
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> connect(c -> c.deadline(null)))
                .hasMessage(DEADLINE + " must not be null, but was null");
        assertThatThrownBy(() -> connect(c -> c.resolver(null))).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> PenstockConfig.builder().listener(null)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void remembersWhereEachValueCameFrom() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(c -> c.deadline(Duration.ofSeconds(30)))
                .build()
                .withProperties(Map.of("penstock.connect.attemptDelay", "100ms"), "dataSourceProperties");
        assertThat(config.originOf(DEADLINE)).isEqualTo("builder");
        assertThat(config.originOf("penstock.connect.attemptDelay")).isEqualTo("dataSourceProperties");
        assertThat(config.originOf("penstock.connect.racing")).isNull();
        assertThat(config.originOf("penstock.nothing")).isNull();
    }

    @Test
    void laterOriginTakesTheValueOver() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(c -> c.deadline(Duration.ofSeconds(5)))
                .build()
                .withProperties(Map.of(DEADLINE, "7s"), "URL");
        assertThat(config.connect().deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.originOf(DEADLINE)).isEqualTo("URL");
    }

    @Test
    void toBuilderKeepsEverythingAndItsOrigins() {
        PenstockListener listener = new PenstockListener() {};
        PenstockConfig config =
                PenstockConfig.builder()
                        .listener(listener)
                        .build()
                        .withProperties(Map.of(DEADLINE, "7s"), "URL")
                        .toBuilder()
                        .listener(listener)
                        .build();
        assertThat(config.listeners()).containsExactly(listener, listener);
        assertThat(config.originOf(DEADLINE)).isEqualTo("URL");
    }

    @Test
    void aBuilderForWhatStandsElsewhereSaysWhere() {
        PenstockConfig config = PenstockConfig.builder().breaker(b -> b.failures(2)).build().toBuilder("plan.yaml")
                .connect(c -> c.deadline(Duration.ofSeconds(4)))
                .build();

        assertThat(config.originOf(DEADLINE)).isEqualTo("plan.yaml");
        assertThat(config.originOf("penstock.breaker.failures")).isEqualTo("builder");
    }

    @Test
    void builderDoesNotChangeWhatItBuilt() {
        PenstockConfig.Builder builder = PenstockConfig.builder();
        PenstockConfig before = builder.build();
        builder.enabled(false).connect(c -> c.racing(false));
        assertThat(before.enabled()).isTrue();
        assertThat(before.connect().racing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void systemPropertyOverridesEverything(boolean value) {
        System.setProperty("penstock.enabled", String.valueOf(value));
        PenstockConfig config = PenstockConfig.builder()
                .enabled(!value)
                .build()
                .withProperties(Map.of("penstock.enabled", String.valueOf(!value)), "URL");
        assertThat(config.enabled()).isEqualTo(value);
        assertThat(config.originOf("penstock.enabled")).isEqualTo("system property penstock.enabled");
    }

    @Test
    void systemPropertyIsNotTakenForSomethingDeclared() {
        System.setProperty("penstock.enabled", "false");
        PenstockConfig.Builder builder = PenstockConfig.defaults().toBuilder();
        System.clearProperty("penstock.enabled");
        assertThat(builder.build().enabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "FALSE", "0"})
    void systemPropertyIsTrueOrFalse(String text) {
        System.setProperty("penstock.enabled", text);
        assertThatThrownBy(PenstockConfig::defaults)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("penstock.enabled as a system property must be true or false, but was '" + text + "'");
    }

    private static ConnectSettings connect(Consumer<ConnectSettings.Builder> change) {
        return PenstockConfig.builder().connect(change).build().connect();
    }
}
