package dev.penstock.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingKeysTest {
    @ParameterizedTest
    @CsvSource({
        "penstock.conect.deadline, penstock.connect.deadline",
        "penstock.deadline, penstock.connect.deadline",
        "penstock.connect.attempt-delay, penstock.connect.attemptDelay",
        "penstock.connect.ATTEMPTDELAY, penstock.connect.attemptDelay",
        "Penstock.Enabled, penstock.enabled",
        "penstock.connect.tcpkeepalive, penstock.connect.tcpKeepAlive"
    })
    void unknownKeyIsRefusedWithTheNearestKnownOne(String key, String nearest) {
        assertThatThrownBy(() -> apply(Map.of(key, "5s")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " is not a setting; did you mean " + nearest + "?");
    }

    @Test
    void keyThatResemblesNothingIsRefusedWithTheListOfAll() {
        assertThatThrownBy(() -> apply(Map.of("penstock.zzzzzzzzzzzzzzzz", "1")))
                .hasMessageNotContaining("did you mean")
                .hasMessageContaining("penstock.enabled, penstock.connect.deadline, penstock.connect.racing")
                .hasMessageEndingWith(", but was '1'");
    }

    @Test
    void valueOfAnUnknownSecretIsMasked() {
        assertThatThrownBy(() -> apply(Map.of("penstock.password", "hunter2"))).hasMessageEndingWith(", but was '***'");
    }

    @Test
    void keysOfOthersAreLeftAlone() {
        PenstockConfig config = apply(Map.of("password", "x", "penstocks", "x", "connect.deadline", "5"));
        assertThat(config.settings()).noneMatch(setting -> setting.origin() != null);
    }

    @Test
    void bareNumberNeedsAUnit() {
        assertThatThrownBy(() -> apply(Map.of("penstock.connect.deadline", "5")))
                .hasMessage("penstock.connect.deadline needs a unit, as in 250ms, 5s, 1m, 1h or PT5S, but was '5'");
    }

    @Test
    void durationMustBeOne() {
        assertThatThrownBy(() -> apply(Map.of("penstock.connect.deadline", "soon")))
                .hasMessage("penstock.connect.deadline must be a duration such as 250ms, 5s, 1m, 1h or PT5S,"
                        + " but was 'soon'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "True", "1", "on", "", " true"})
    void booleanIsTrueOrFalse(String text) {
        assertThatThrownBy(() -> apply(Map.of("penstock.connect.racing", text)))
                .hasMessage("penstock.connect.racing must be true or false, but was '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"three", "3.0", "", "99999999999"})
    void integerIsAWholeNumber(String text) {
        assertThatThrownBy(() -> apply(Map.of("penstock.connect.maxParallelSessions", text)))
                .hasMessage("penstock.connect.maxParallelSessions must be a whole number, but was '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"penstock.connect.resolver", "penstock.connect.credentials", "penstock.listeners"})
    void objectsAreSetInCodeOnly(String key) {
        assertThatThrownBy(() -> apply(Map.of(key, "x"))).hasMessage(key + " can be set in code only, but was 'x'");
    }

    @Test
    void nullIsRefused() {
        Map<String, String> keys = new HashMap<>();
        keys.put("penstock.enabled", null);
        assertThatThrownBy(() -> apply(keys)).hasMessage("penstock.enabled must not be null, but was null");
    }

    private static PenstockConfig apply(Map<String, String> keys) {
        return PenstockConfig.defaults().withProperties(keys, "test");
    }
}
