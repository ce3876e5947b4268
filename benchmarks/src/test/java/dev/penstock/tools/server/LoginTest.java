package dev.penstock.tools.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
    private static final String URL = "jdbc:postgresql://db/shop";

    @Test
    void userAndPasswordComeFromTheEnvironment() {
        Login login = Login.of(URL, null, Map.of("PGUSER", "app", "PGPASSWORD", "hunter2"));

        assertThat(login.user()).isEqualTo("app");
        assertThat(login.password()).isEqualTo("hunter2");
        assertThat(login).asString().doesNotContain("hunter2");
    }

    @Test
    void theOptionCountsMoreThanTheEnvironment() {
        assertThat(Login.of(URL, "other", Map.of("PGUSER", "app")).user()).isEqualTo("other");
    }

    @Test
    void soDoesTheUrl() {
        assertThat(Login.of(URL + "?user=other", null, Map.of("PGUSER", "app")).user())
                .isNull();
    }

    @Test
    void emptyIsNotSet() {
        Login login = Login.of(URL, null, Map.of("PGUSER", "", "PGPASSWORD", ""));

        assertThat(login.user()).isNull();
        assertThat(login.password()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/shop?password=x, true",
        "jdbc:postgresql://db/shop?ssl=true&sslpassword=x, true",
        "jdbc:postgresql://u:x@db/shop, true",
        "postgresql://u:x@db/shop, true",
        "jdbc:postgresql://u%3Ax@db/shop, true",
        "jdbc:postgresql://u%3ax%40db/shop, true",
        "jdbc:postgresql://u:x/y@db/shop, true",
        "jdbc:postgresql://db/shop?pass%77ord=x, true",
        "jdbc:postgresql://db/shop?ssl=true&%70ASSword=x, true",
        "jdbc:postgresql://db:5432/shop?user=u%40server&ssl=true, false",
        "jdbc:postgresql://db:5432/a%40b, false",
        "jdbc:postgresql://db/shop?options=-c%20x%3Dpassword, false",
        "jdbc:postgresql://db/100%, false",
        "jdbc:postgresql://db/shop?user=u&ssl=true, false",
        "jdbc:postgresql://db:5432/shop, false"
    })
    void aPasswordInAUrlIsSeen(String url, boolean carries) {
        assertThat(Login.carriesPassword(url)).isEqualTo(carries);
    }
}
