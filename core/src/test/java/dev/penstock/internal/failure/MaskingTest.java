package dev.penstock.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://h/db?password=s | jdbc:postgresql://h/db?password=***",
                "jdbc:postgresql://h/db?password=s&ssl=true | jdbc:postgresql://h/db?password=***&ssl=true",
                "jdbc:postgresql://h/db?user=u&PASSWORD=s%26t | jdbc:postgresql://h/db?user=u&PASSWORD=***",
                "jdbc:postgresql://h/db?password=a b, c | jdbc:postgresql://h/db?password=***",
                "jdbc:postgresql://h/db?sslpassword=s&sslmode=require"
                        + " | jdbc:postgresql://h/db?sslpassword=***&sslmode=require",
                "jdbc:postgresql://h/db?socketFactoryArg=s | jdbc:postgresql://h/db?socketFactoryArg=***",
                "jdbc:postgresql://h/db?password= | jdbc:postgresql://h/db?password=***",
                "jdbc:postgresql://u:s@h:5432/db | jdbc:postgresql://u:***@h:5432/db",
                "jdbc:postgresql://u:s/@:t@h/db | jdbc:postgresql://u:***@h/db",
                "jdbc:postgresql://u:123@h/db | jdbc:postgresql://u:***@h/db",
                "jdbc:postgresql://:s@h/db | jdbc:postgresql://:***@h/db",
                "jdbc:postgresql://h1:5432,u:s@h2/db | jdbc:postgresql://h1:***@h2/db",
                "cannot reach app:s3cr@t@db1 | cannot reach app:***@db1",
                "bad URL jdbc:postgresql://u:s@h/db given | bad URL jdbc:postgresql://u:***@h/db given",
                "bad URL jdbc:postgresql://h/db?password=s&a=b given"
                        + " | bad URL jdbc:postgresql://h/db?password=***&a=b given",
                "{password=s t} | {password=***",
                "PASSWORD = s | PASSWORD =***",
            })
    void masks(String text, String expected) {
        assertThat(Masking.mask(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jdbc:postgresql://h1:5432,h2:5433/app?user=me@example.com&sslmode=verify-full",
                "jdbc:postgresql://[::1]:5432/app?ApplicationName=a",
                "FATAL: password authentication failed for user \"app\"",
                "The server requested SCRAM-based authentication, but no password was provided.",
                "org.postgresql.jdbc.PgConnection@1f2e3d",
                "12:30:01 attempt 10.0.0.1:5432 TCP 81 ms refused",
                "password=***, user=app",
                "{password=***, user=app}"
            })
    void leavesAlone(String text) {
        assertThat(Masking.mask(text)).isEqualTo(text);
    }

    @Test
    void nullBecomesEmpty() {
        assertThat(Masking.mask((String) null)).isEmpty();
    }

    @Test
    void stopsAtTheEndOfTheLineInProse() {
        assertThat(Masking.mask("a: password=s\nb: 5432 refused")).isEqualTo("a: password=***\nb: 5432 refused");
    }

    @Test
    void printsPropertiesSortedWithoutTheirSecrets() {
        Properties properties = new Properties();
        properties.setProperty("user", "app");
        properties.setProperty("password", "s");
        properties.setProperty("api-key", "s");
        properties.setProperty("url", "jdbc:postgresql://h/db?password=s");
        assertThat(Masking.mask(properties))
                .isEqualTo("api-key=***, password=***, url=jdbc:postgresql://h/db?password=***, user=app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "sslpassword",
                "PASSWD",
                "pwd",
                "client_secret",
                "AccessToken",
                "pass-phrase",
                "credentials",
                "apiKey",
                "api_key",
                "socketFactoryArg",
                "sslfactoryarg",
                "connectExecutorArg"
            })
    void knowsTheNamesOfSecrets(String name) {
        assertThat(Masking.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "sslkey", "sslmode", "ApplicationName", "loginTimeout", "socketFactory", ""})
    void knowsTheNamesThatAreNone(String name) {
        assertThat(Masking.isSecret(name)).isFalse();
    }

    @Test
    void copesWithLongTexts() {
        String text = "a:".repeat(5_000) + "@" + "//b:".repeat(5_000) + "password".repeat(5_000) + "=x";
        assertThat(Masking.mask(text)).doesNotContain("=x");
    }

    /** What one pass leaves of these is a user's password to the next. */
    @Test
    void maskingTwiceChangesNothingThoughOnePassIsNotEnough() {
        for (String text : new String[] {
            "jdbc:password= &jdbc: @jdbc:", "jdbc:password=a b&jdbc:x@jdbc:", "jdbc:a=1 password=b c&jdbc:***@jdbc:"
        }) {
            String once = Masking.mask(text);
            assertThat(Masking.mask(once)).isEqualTo(once);
        }
    }
}
