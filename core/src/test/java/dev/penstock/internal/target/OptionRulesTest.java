package dev.penstock.internal.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionRulesTest {
    private static final PenstockConfig LIMITED = PenstockConfig.builder()
            .session(s ->
                    s.statementTimeout(Duration.ofSeconds(30)).clientConnectionCheckInterval(Duration.ofMillis(500)))
            .build();

    private static PenstockConfig effective(String options, PenstockConfig config) {
        Properties properties = new Properties();
        properties.setProperty("options", options);
        return ConnectTarget.of("jdbc:postgresql://db/app", properties).effective(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c statement_timeout=5s | statement_timeout | statementTimeout",
                "-cstatement_timeout=5s | statement_timeout | statementTimeout",
                "-c work_mem=1MB   -c  Statement_Timeout=0 | Statement_Timeout | statementTimeout",
                "--statement-timeout=5000 | statement-timeout | statementTimeout",
                "-c client_connection_check_interval=0 | client_connection_check_interval | clientConnectionCheckInterval",
            })
    void whatIsSetTwiceIsRefusedAndBothAreNamed(String options, String name, String setting) {
        assertThatThrownBy(() -> effective(options, LIMITED))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("property options must not set " + name)
                .hasMessageContaining("penstock.session." + setting)
                .hasMessageContaining("(builder)");
    }

    @Test
    void whereItStandsIsSaid() {
        ConnectTarget target = ConnectTarget.of(
                "jdbc:postgresql://db/app?penstock.session.lockTimeout=1s&options=-c%20lock_timeout%3D2s",
                new Properties());

        assertThatThrownBy(() -> target.effective(PenstockConfig.defaults()))
                .hasMessageStartingWith("options in the URL must not set lock_timeout")
                .hasMessageContaining("penstock.session.lockTimeout is set too (URL)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c work_mem=1MB",
                "-c lock_timeout=5s",
                "-c my.statement_timeout=5s",
                "-c search_path=statement_timeout",
                ""
            })
    void whatOnlyOneOfThemSetsIsFine(String options) {
        assertThatCode(() -> effective(options, LIMITED)).doesNotThrowAnyException();
    }

    @Test
    void otherValuesAreNotTold() {
        assertThatThrownBy(() -> effective("-c app.key=hush -c statement_timeout=hush", LIMITED))
                .message()
                .doesNotContain("hush");
    }

    @Test
    void whileOffNothingIsRefused() {
        PenstockConfig off = LIMITED.withProperties(Map.of("penstock.enabled", "false"), "property");

        assertThatCode(() -> effective("-c statement_timeout=5s", off)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"database,true", "true,true", "on,true", "1,true", "false,false", "off,false", "no,false", "0,false"})
    void replicationAsTheServerReadsIt(String value, boolean replication) {
        Properties properties = new Properties();
        properties.setProperty("replication", value);

        assertThat(ConnectTarget.of("jdbc:postgresql://db/app", properties).forReplication())
                .isEqualTo(replication);
    }
}
