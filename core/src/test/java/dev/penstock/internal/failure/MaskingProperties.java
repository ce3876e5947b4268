package dev.penstock.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MaskingProperties {
    private static final String URL = "jdbc:postgresql://db1.example.com:5432,[::1]:5433/app";

    @Property
    void encodedPasswordIsMaskedAndNothingElse(@ForAll String password, @ForAll("secretNames") String name) {
        String before = URL + "?user=app&" + name + "=";
        String after = "&sslmode=verify-full&loginTimeout=5";
        assertThat(Masking.mask(before + URLEncoder.encode(password, StandardCharsets.UTF_8) + after))
                .isEqualTo(before + "***" + after);
    }

    @Property
    void rawPasswordIsMaskedToo(@ForAll("withoutAmpersand") String password, @ForAll("secretNames") String name) {
        String before = URL + "?user=app&" + name + "=";
        // a raw @ makes the port before it look like a user's password: more is masked, never less
        String masked = Masking.mask(before + password + "&sslmode=require");
        assertThat(masked).endsWith("***&sslmode=require");
        assertThat(before + "***&sslmode=require").startsWith(masked.substring(0, masked.indexOf("***")));
    }

    @Property
    void passwordBeforeTheHostIsMasked(@ForAll("withoutQuestionMark") String password) {
        String masked = Masking.mask("jdbc:postgresql://app:" + password + "@db1:5432/orders?ssl=true");
        assertThat(masked).isEqualTo("jdbc:postgresql://app:***@db1:5432/orders?ssl=true");
    }

    @Property
    void passwordBeforeTheHostIsMaskedInProseToo(@ForAll("words") String password) {
        assertThat(Masking.mask("cannot parse jdbc:postgresql://app:" + password + "@db1:5432/orders here"))
                .isEqualTo("cannot parse jdbc:postgresql://app:***@db1:5432/orders here");
        assertThat(Masking.mask("no route to app:" + password + "@db1 here")).isEqualTo("no route to app:***@db1 here");
    }

    @Property
    void maskingTwiceChangesNothing(@ForAll("texts") String text) {
        String once = Masking.mask(text);
        assertThat(Masking.mask(once)).isEqualTo(once);
    }

    @Property
    void neverThrows(@ForAll String text) {
        assertThat(Masking.mask(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> secretNames() {
        return Arbitraries.of("password", "sslpassword", "PASSWORD", "my.secret", "auth_token", "socketFactoryArg");
    }

    @Provide
    Arbitrary<String> withoutAmpersand() {
        return Arbitraries.strings().filter(text -> text.indexOf('&') < 0);
    }

    @Provide
    Arbitrary<String> withoutQuestionMark() {
        return Arbitraries.strings().filter(text -> text.indexOf('?') < 0);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("!$%*+-.:;<>^_~@")
                .ofMinLength(1);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "jdbc:",
                        "//",
                        "user",
                        ":",
                        "@",
                        "h",
                        "5432",
                        "/",
                        "?",
                        "&",
                        "=",
                        " ",
                        "\n",
                        ",",
                        "password",
                        "***",
                        "token",
                        "x",
                        "[",
                        "]",
                        "}",
                        ".",
                        "-",
                        "%")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }
}
