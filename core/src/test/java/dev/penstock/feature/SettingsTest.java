package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, what is warned about, and what a pool says when it starts. */
class SettingsTest {
    private static final String URL = "jdbc:postgresql://db.example.com/app";

    private static InvalidSettingException refusal(PenstockConnector.Builder builder) {
        return Objects.requireNonNull(catchThrowableOfType(InvalidSettingException.class, builder::build));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "penstock.connect.deadline | 0s | greater than zero",
                "penstock.connect.deadline | -5s | greater than zero",
                "penstock.connect.deadline | 5 | needs a unit",
                "penstock.connect.deadline | soon | must be a duration",
                "penstock.connect.deadline | 25h | at most",
                "penstock.connect.attemptDelay | 1ms | must be between 10ms and 2s",
                "penstock.connect.maxParallelSessions | 0 | must be between 1 and 16",
                "penstock.connect.maxParallelSessions | many | must be a whole number",
                "penstock.connect.dnsPatience | 0s | greater than zero",
                "penstock.connect.dnsMaxStale | -1s | zero or more",
                "penstock.connect.racing | yes | must be true or false",
                "penstock.enabled | 1 | must be true or false",
                "penstock.connect.resolver | mine | code only",
                "penstock.connect.deadlien | 5s | did you mean penstock.connect.deadline?",
                "penstock.nonsense | 5s | is not a setting",
                "PENSTOCK.connect.deadline | 5s | is not a setting",
            })
    void aBadSettingIsRefusedByNameRuleAndValueWhereverItStands(String name, String value, String rule) {
        for (InvalidSettingException refusal : List.of(
                refusal(PenstockConnector.builder(URL).property(name, value)),
                refusal(PenstockConnector.builder(URL + "?" + name + "=" + value)))) {
            assertThat(refusal.setting()).isEqualTo(name);
            assertThat(refusal.getMessage()).startsWith(name).contains(rule).contains(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loginTimeout | -1",
                "loginTimeout | ten",
                "connectTimeout | -1",
                "connectTimeout | 1.5",
                "targetServerType | leader",
                "sslmode | maybe",
                "gssEncMode | maybe",
                "hostRecheckSeconds | -3",
            })
    void aDriversParameterThatWeReadIsRefusedInTheSameWay(String name, String value) {
        InvalidSettingException refusal = refusal(PenstockConnector.builder(URL + "?" + name + "=" + value));

        assertThat(refusal.getMessage()).startsWith(name + " must be ").contains("but was '" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db.example.com/app",
                "jdbc:postgres://db.example.com/app",
                "postgresql://db.example.com/app",
                "",
                "jdbc:postgresql://db.example.com",
                "jdbc:postgresql:/db.example.com/app",
                "jdbc:postgresql://db.example.com:0/app",
                "jdbc:postgresql://db.example.com:70000/app",
                "jdbc:postgresql://::1/app",
            })
    void aUrlThatIsNotOneIsRefusedByName(String url) {
        InvalidSettingException refusal = refusal(PenstockConnector.builder(url));

        assertThat(refusal.setting()).isEqualTo("url");
        assertThat(refusal.getMessage()).startsWith("url must ").contains("but was '" + url + "'");
    }

    private static List<String> linesOfBuilding(PenstockConnector.Builder builder) {
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            PenstockConnector unused = builder.build();
            return log.lines();
        }
    }

    @Test
    void everythingAtItsDefaultIsOneLine() {
        assertThat(linesOfBuilding(
                        PenstockConnector.builder(URL + "?user=u&password=p").name("orders")))
                .containsExactly("INFO penstock 'orders': jdbc:postgresql://db.example.com:5432/app;"
                        + " everything at its default");
    }

    @Test
    void theLineSaysWhatDiffersAndWhereItCameFrom() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(c -> c.deadline(Duration.ofSeconds(5)).attemptDelay(Duration.ofMillis(100)))
                .build();

        assertThat(linesOfBuilding(PenstockConnector.builder(
                                URL
                                        + "?penstock.connect.racing=false&penstock.connect.deadline=6s&targetServerType=primary")
                        .property("penstock.connect.dnsMaxStale", "10m")
                        .name("orders")
                        .config(config)))
                .containsExactly("INFO penstock 'orders': jdbc:postgresql://db.example.com:5432/app"
                        + " targetServerType=primary; connect.deadline=6s (URL), connect.racing=false (URL),"
                        + " connect.attemptDelay=100ms (builder), connect.dnsMaxStale=10m (property);"
                        + " everything else at its default");
    }

    @Test
    void aLoginTimeoutTakesThePlaceOfTheDefaultDeadline() {
        PenstockConnector connector =
                PenstockConnector.builder(URL + "?loginTimeout=7").build();

        assertThat(connector.config().connect().deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(linesOfBuilding(
                        PenstockConnector.builder(URL + "?loginTimeout=7").name("orders")))
                .singleElement()
                .asString()
                .contains("connect.deadline=7s (loginTimeout in the URL)");
    }

    @Test
    void aLoginTimeoutBesideADeadlineIsWarnedAbout() {
        assertThat(linesOfBuilding(PenstockConnector.builder(URL + "?loginTimeout=7")
                        .property("penstock.connect.deadline", "5s")
                        .name("orders")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("WARN penstock 'orders': loginTimeout in the URL = 7s has no effect:")
                .contains("penstock.connect.deadline = 5s (property)");
    }

    @Test
    void aConnectTimeoutThatCannotActIsWarnedAbout() {
        assertThat(linesOfBuilding(PenstockConnector.builder(URL)
                        .property("connectTimeout", "60")
                        .name("orders")))
                .last()
                .asString()
                .startsWith("WARN penstock 'orders': property connectTimeout = 1m")
                .contains("can never act")
                .contains("penstock.connect.deadline = 30s (default)");
        assertThat(linesOfBuilding(PenstockConnector.builder(URL).property("connectTimeout", "3")))
                .hasSize(1);
    }

    @Test
    void aPoolsLoginTimeoutIsRecordedAndNotApplied() {
        PenstockConnector connector = PenstockConnector.builder(URL).build();

        connector.setLoginTimeout(1);

        assertThat(connector.getLoginTimeout()).isEqualTo(1);
        assertThat(connector.config().connect().deadline()).isEqualTo(Duration.ofSeconds(30));
    }
}
