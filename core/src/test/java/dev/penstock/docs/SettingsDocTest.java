package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} names every setting of the tree, with its default, in the tree's order. */
class SettingsDocTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-zA-Z.]+)` \\| `([^`]*)` \\|");

    @Test
    void theTableIsTheTree() throws IOException {
        Map<String, String> documented = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "settings.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                documented.put(row.group(1), row.group(2));
            }
        }

        Map<String, String> tree = new LinkedHashMap<>();
        Settings.all().forEach(setting -> tree.put(setting.key(), setting.defaultText()));

        assertThat(documented).isEqualTo(tree);
        assertThat(documented.keySet()).containsExactlyElementsOf(tree.keySet());
    }
}
