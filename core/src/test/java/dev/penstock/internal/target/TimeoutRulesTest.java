package dev.penstock.internal.target;

import static dev.penstock.internal.target.Targets.URL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ConnectSettings;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("driver")
class TimeoutRulesTest {
    private static final String DEADLINE = "penstock.connect.deadline";
    private static final PenstockConfig DEFAULTS = PenstockConfig.defaults();

    @Test
    void nothingSetMeansNothingToSay() {
        ConnectTarget target = Targets.of(URL);
        PenstockConfig config = target.effective(DEFAULTS);
        assertThat(config.settings()).isEqualTo(DEFAULTS.settings());
        assertThat(target.warnings(config)).isEmpty();
    }

    @Test
    void loginTimeoutTakesThePlaceOfADeadlineThatNobodySet() {
        PenstockConfig fromUrl = Targets.of(URL + "?loginTimeout=2.5").effective(DEFAULTS);
        assertThat(fromUrl.connect().deadline()).isEqualTo(Duration.ofMillis(2500));
        assertThat(fromUrl.originOf(DEADLINE)).isEqualTo("loginTimeout in the URL");

        PenstockConfig fromProperty = Targets.of(URL, "loginTimeout", "60").effective(DEFAULTS);
        assertThat(fromProperty.connect().deadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(fromProperty.originOf(DEADLINE)).isEqualTo("property loginTimeout");
    }

    @Test
    void adoptedLoginTimeoutGivesNoWarning() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=2");
        assertThat(target.warnings(target.effective(DEFAULTS))).isEmpty();
    }

    @Test
    void explicitDeadlineGoverns() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=2");
        PenstockConfig config = target.effective(deadline(Duration.ofSeconds(5)));
        assertThat(config.connect().deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(target.warnings(config))
                .containsExactly("loginTimeout in the URL = 2s has no effect:"
                        + " penstock.connect.deadline = 5s (builder) governs");
    }

    @Test
    void deadlineSetToItsDefaultIsExplicitToo() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=2");
        PenstockConfig config = target.effective(deadline(Duration.ofSeconds(30)));
        assertThat(config.connect().deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(target.warnings(config)).hasSize(1);
    }

    @Test
    void equalValuesDoNotContradict() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=5");
        assertThat(target.warnings(target.effective(deadline(Duration.ofSeconds(5)))))
                .isEmpty();
    }

    @Test
    void loginTimeoutBeyondTheLongestDeadlineIsCutAndSaidSo() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=172800");
        PenstockConfig config = target.effective(DEFAULTS);
        assertThat(config.connect().deadline()).isEqualTo(Duration.ofDays(1));
        assertThat(target.warnings(config))
                .containsExactly("loginTimeout in the URL = 48h has no effect:"
                        + " penstock.connect.deadline = 24h (loginTimeout in the URL) governs");
    }

    @Test
    void connectTimeoutBeyondTheDeadlineCanNeverAct() {
        ConnectTarget target = Targets.of(URL, "connectTimeout", "60");
        assertThat(target.warnings(target.effective(DEFAULTS)))
                .containsExactly("property connectTimeout = 1m can never act:"
                        + " penstock.connect.deadline = 30s (default) ends the whole connect before it");
    }

    @Test
    void driversOwnConnectTimeoutIsNotTheUsersFault() {
        ConnectTarget target = Targets.of(URL);
        assertThat(target.warnings(target.effective(deadline(Duration.ofSeconds(5)))))
                .isEmpty();
    }

    @Test
    void connectTimeoutWithoutLimitIsNoContradiction() {
        ConnectTarget target = Targets.of(URL + "?connectTimeout=0");
        assertThat(target.warnings(target.effective(DEFAULTS))).isEmpty();
    }

    @Test
    void dnsPatienceBeyondTheDeadlineCanNeverAct() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=2");
        PenstockConfig config = config(c -> c.dnsPatience(Duration.ofSeconds(3)));
        assertThat(target.warnings(target.effective(config)))
                .containsExactly("penstock.connect.dnsPatience = 3s (builder) can never act:"
                        + " penstock.connect.deadline = 2s (loginTimeout in the URL) ends the whole connect before it");
    }

    @Test
    void urlGoesBeforePropertiesAndThoseBeforeTheBuilder() {
        ConnectTarget target = Targets.of(
                URL + "?penstock.connect.deadline=7s", DEADLINE, "6s", "penstock.connect.attemptDelay", "100ms");
        PenstockConfig config =
                target.effective(config(c -> c.deadline(Duration.ofSeconds(5)).attemptDelay(Duration.ofMillis(50))));
        assertThat(config.connect().deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.originOf(DEADLINE)).isEqualTo("URL");
        assertThat(config.connect().attemptDelay()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.originOf("penstock.connect.attemptDelay")).isEqualTo("property");
    }

    @Test
    void effectiveIsIdempotent() {
        ConnectTarget target = Targets.of(URL + "?loginTimeout=2&penstock.connect.racing=false");
        PenstockConfig once = target.effective(DEFAULTS);
        assertThat(target.effective(once).settings()).isEqualTo(once.settings());
    }

    @Test
    void unknownKeyInTheUrlIsRefused() {
        ConnectTarget target = Targets.of(URL + "?penstock.conect.deadline=5s");
        assertThatThrownBy(() -> target.effective(DEFAULTS))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("did you mean penstock.connect.deadline?");
    }

    private static PenstockConfig deadline(Duration deadline) {
        return config(c -> c.deadline(deadline));
    }

    private static PenstockConfig config(Consumer<ConnectSettings.Builder> change) {
        return PenstockConfig.builder().connect(change).build();
    }
}
