package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadyForQueryTest {
    @ParameterizedTest
    @CsvSource({
        "'Z\0\0\0\5I', 0, true",
        "'Z\0\0\0\5T', 0, true",
        "'Z\0\0\0\5E', 0, true",
        "'C....Z\0\0\0\5I', 0, true",
        "'Z\0\0\0\5I', 1, false",
        "'Z\0\0\0\5', 0, false",
        "'Z\0\0\0\5I.', 0, false",
        "'C\0\0\0\5I', 0, false",
        "'Z\0\0\0\6I', 0, false",
        "'Z\0\0\1\5I', 0, false",
        "'', 0, false",
    })
    void onlyTheEndCounts(String text, int skip, boolean expected) {
        byte[] bytes = ("??" + text + "Z\0\0\0\5I").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ReadyForQuery.ends(bytes, 2 + skip, text.length() - skip)).isEqualTo(expected);
    }
}
