package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionLimit;
import dev.penstock.spring.settings.source.Properties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The section "In Spring Boot" of {@code docs/settings.md}. */
class SpringSettingsDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `penstock\\.([a-z.-]+)` \\| ([^|]*) \\|");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    private final String section;

    SpringSettingsDocTest() throws IOException {
        String all = Files.readString(Path.of("..", "docs", "settings.md"));
        section = all.substring(all.indexOf("\n## In Spring Boot\n"));
    }

    @Test
    void theTableHasTheStartersOwnProperties() throws ReflectiveOperationException {
        Map<String, String> documented = new LinkedHashMap<>();
        Matcher row = ROW.matcher(section);
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }

        StarterSettings defaults = StarterSettings.of(Properties.of(Env.empty().environment(), Named.PENSTOCK));
        Map<String, String> known = new LinkedHashMap<>();
        RecordComponent[] components = StarterSettings.class.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = StarterSettings.names().get(i).toString();
            String value = String.valueOf(components[i].getAccessor().invoke(defaults));
            known.put(name, name.equals("include") ? "(all)" : name.equals("exclude") ? "(none)" : value);
        }
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void itsExamplesAreRead() {
        List<String> examples =
                YAML.matcher(section).results().map(found -> found.group(1)).toList();
        assertThat(examples).hasSize(2);

        PoolSettings first = Env.yaml(examples.get(0)).settings();
        assertThat(first.of("reports", Stream.empty()).session().timeouts().get(SessionLimit.STATEMENT))
                .hasMinutes(10);
        assertThat(first.of("reports", Stream.empty()).connect().deadline()).hasSeconds(5);
        assertThat(first.of("orders", Stream.empty()).session().timeouts().get(SessionLimit.STATEMENT))
                .hasSeconds(30);

        var budget = Env.yaml(examples.get(1)).configOf("dataSource").budget();
        assertThat(budget.service()).isEqualTo("web");
        assertThat(budget.plan().services().get(0).poolSize()).isEqualTo(10);
    }

    @Test
    void theSpellingsThatItNamesAreRead() {
        assertThat(section).contains("`penstock.connect.attempt-delay`, `penstock.connect.attemptDelay`");
        assertThat(section).contains("`PENSTOCK_CONNECT_ATTEMPTDELAY`");
        for (Env env : List.of(
                Env.properties("penstock.connect.attempt-delay=70ms"),
                Env.properties("penstock.connect.attemptDelay=70ms"),
                Env.empty().andVariables(Map.of("PENSTOCK_CONNECT_ATTEMPTDELAY", "70ms")))) {
            assertThat(env.configOf("ds").connect().attemptDelay()).hasMillis(70);
        }
    }
}
