package dev.penstock.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesNestedValues() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", "a \"b\" \\ \u00e9\n");
        value.put("kept", true);
        value.put("runs", List.of(1, 2.5));
        value.put("none", null);

        assertThat(Json.of(value))
                .isEqualTo(
                        "{\"name\": \"a \\\"b\\\" \\\\ \\u00e9\\u000a\", \"kept\": true, \"runs\": [1, 2.5], \"none\": null}");
    }
}
