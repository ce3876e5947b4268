package dev.penstock.internal.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("driver")
class UrlShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://h/db?password=s | must start with jdbc:postgresql: | jdbc:mysql://h/db?password=***",
                "postgres://u:s@h/db | must start with jdbc:postgresql: | postgres://u:***@h/db",
                "postgres://u:s t@h/db?password=a b | must start with jdbc:postgresql:"
                        + " | postgres://u:***@h/db?password=***",
                "jdbc:postgresql:/db | must have two slashes before the host | jdbc:postgresql:/db",
                "jdbc:postgresql://h?password=s | must have a slash after the hosts"
                        + " | jdbc:postgresql://h?password=***",
                "jdbc:postgresql://h/a/b?password=s | must not have more than one slash after the hosts"
                        + " | jdbc:postgresql://h/a/b?password=***",
                "jdbc:postgresql://u:s@h/db | must not have user:password@ before the host"
                        + " | jdbc:postgresql://u:***@h/db",
                "jdbc:postgresql://h:99999/db | must be one that pgjdbc can parse | jdbc:postgresql://h:99999/db",
                "jdbc:postgresql://h:x/db?password=s | must be one that pgjdbc can parse"
                        + " | jdbc:postgresql://h:x/db?password=***",
                "jdbc:postgresql://h/%zz | must be one that pgjdbc can parse | jdbc:postgresql://h/%zz",
                "jdbc:postgresql://,/db | must be one that pgjdbc can parse | jdbc:postgresql://,/db",
                "jdbc:postgresql:?service=none | must be one that pgjdbc can parse | jdbc:postgresql:?service=none",
                "jdbc:postgresql://::1/db | must have IPv6 addresses in brackets | jdbc:postgresql://::1/db",
                "jdbc:postgresql://2001:db8::1/db | must have IPv6 addresses in brackets"
                        + " | jdbc:postgresql://2001:db8::1/db",
            })
    void refusesByNameRuleAndMaskedValue(String url, String rule, String masked) {
        assertThatThrownBy(() -> Targets.of(url))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        refused -> assertThat(refused.setting()).isEqualTo("url"))
                .hasMessageStartingWith("url " + rule)
                .hasMessageEndingWith(", but was '" + masked + "'");
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> Targets.of(null)).hasMessage("url must be set, but was null");
    }

    /** pgjdbc logs URLs of a wrong shape as they are; it must not get to see them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h?password=hunter2",
                "jdbc:postgresql://h/a/b?password=hunter2",
                "jdbc:postgresql://u:hunter2@h/db",
                "jdbc:postgresql://h:1:hunter2@h/db"
            })
    void noPasswordReachesTheDriversLog(String url) {
        Logger logger = Logger.getLogger("org.postgresql");
        List<String> logged = new ArrayList<>();
        Handler handler = collecting(logged);
        logger.addHandler(handler);
        try {
            assertThatThrownBy(() -> Targets.of(url)).message().doesNotContain("hunter2");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).noneMatch(line -> line.contains("hunter2"));
    }

    private static Handler collecting(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targetServerType=standby | targetServerType must be any, primary, secondary, preferPrimary or"
                        + " preferSecondary, but was 'standby'",
                "targetServerType=Primary | targetServerType must be any, primary, secondary, preferPrimary or"
                        + " preferSecondary, but was 'Primary'",
                "connectTimeout=-1 | connectTimeout must be a whole number of seconds, zero or more, but was '-1'",
                "connectTimeout=1.5 | connectTimeout must be a whole number of seconds, zero or more, but was '1.5'",
                "connectTimeout=10s | connectTimeout must be a whole number of seconds, zero or more, but was '10s'",
                "hostRecheckSeconds= | hostRecheckSeconds must be a whole number of seconds, zero or more, but was ''",
                "loginTimeout=-1 | loginTimeout must be a number of seconds, zero or more, but was '-1'",
                "loginTimeout=x | loginTimeout must be a number of seconds, zero or more, but was 'x'",
                "loginTimeout=NaN | loginTimeout must be a number of seconds, zero or more, but was 'NaN'",
                "sslmode=on | sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full,"
                        + " but was 'on'",
                "gssEncMode=on | gssEncMode must be one of disable, allow, prefer, require, but was 'on'",
            })
    void refusesParametersThatMakeNoSense(String parameter, String message) {
        assertThatThrownBy(() -> Targets.of(Targets.URL + "?" + parameter))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }
}
