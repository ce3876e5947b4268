package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadyForQueryTest {
    @ParameterizedTest
    @CsvSource({
        "'Z\0\0\0\5I', 0, I",
        "'Z\0\0\0\5T', 0, T",
        "'Z\0\0\0\5E', 0, E",
        "'C....Z\0\0\0\5I', 0, I",
        "'Z\0\0\0\5I', 1, -",
        "'Z\0\0\0\5', 0, -",
        "'Z\0\0\0\5I.', 0, -",
        "'C\0\0\0\5I', 0, -",
        "'Z\0\0\0\6I', 0, -",
        "'Z\0\0\1\5I', 0, -",
        "'Z\0\0\0\5Q', 0, -",
        "'', 0, -",
    })
    void onlyTheEndCounts(String text, int skip, char expected) {
        byte[] bytes = ("??" + text + "Z\0\0\0\5I").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ReadyForQuery.endOf(bytes, 2 + skip, text.length() - skip))
                .isEqualTo(expected == '-' ? ReadyForQuery.NONE : (byte) expected);
    }
}
