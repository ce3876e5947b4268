package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.penstock.internal.settings.Setting;
import dev.penstock.internal.settings.SettingType;
import dev.penstock.spring.actuate.PenstockEndpoint;
import dev.penstock.spring.settings.plan.PlanFields;
import dev.penstock.spring.settings.source.Properties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.json.JsonParserFactory;

/** What editors know of the properties is what the code reads. */
class MetadataTest {
    private static final Path FILE =
            Path.of("src", "main", "resources", "META-INF", "spring-configuration-metadata.json");

    private static final String[] PLAN = {
        "penstock.budget.plan.server.max-connections=100",
        "penstock.budget.plan.server.memory.for-connections=1000",
        "penstock.budget.plan.services[0].name=web",
        "penstock.budget.plan.services[0].replicas=4",
        "penstock.budget.plan.services[0].pool-size=10"
    };

    private static final Set<String> OF_ACTUATOR = Set.of(
            "management.endpoint.penstock.access",
            "management.endpoint.penstock.cache.time-to-live",
            "management.health.penstock.enabled");

    private final Map<String, Map<String, Object>> properties = byName("properties");

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> byName(String kind) {
        try {
            Map<String, Object> all = JsonParserFactory.getJsonParser().parseMap(Files.readString(FILE));
            return ((List<Map<String, Object>>) all.get(kind))
                    .stream()
                            .collect(Collectors.toMap(
                                    one -> (String) one.get("name"),
                                    one -> one,
                                    (one, again) -> {
                                        throw new AssertionError(one + " is there twice");
                                    },
                                    LinkedHashMap::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Setting<?>> settings() {
        Map<String, Setting<?>> settings = new LinkedHashMap<>();
        Named.all().forEach((name, setting) -> {
            if (!Named.isInCodeOnly(setting)) {
                settings.put(Named.PENSTOCK.append(name).toString(), setting);
            }
        });
        return settings;
    }

    private static Stream<String> planFields() {
        return PlanFields.all().stream()
                .map(field -> "penstock.budget.plan." + field)
                .map(field -> field.replaceAll("\\[0].*", ""))
                .distinct();
    }

    @Test
    void everyPropertyIsThereAndNoOther() {
        Set<String> known = new TreeSet<>(settings().keySet());
        StarterSettings.names().forEach(name -> known.add("penstock." + name));
        planFields().forEach(known::add);
        known.add("penstock.pools");
        known.addAll(OF_ACTUATOR);

        assertThat(new TreeSet<>(properties.keySet())).isEqualTo(known);
    }

    @Test
    void ofEachSettingTypeAndDefaultAreTheLibrarys() {
        settings().forEach((name, setting) -> {
            Map<String, Object> property = properties.get(name);
            assertThat(property.get("type")).as(name).isEqualTo(typeOf(setting));
            Object written = property.get("defaultValue");
            String text = written instanceof Collection<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    : String.valueOf(written);
            if (isValue(setting)) {
                assertThat(text).as(name).isEqualTo(setting.defaultText());
            } else {
                assertThat(written).as(name).isNull();
                assertThat((String) property.get("description"))
                        .as(name)
                        .contains(
                                setting.defaultText().equals("unset")
                                        ? "Unset: "
                                        : setting.defaultText().equals("none") ? "Instead, " : setting.defaultText());
            }
        });
    }

    private static boolean isValue(Setting<?> setting) {
        return !setting.type().name().equals("text") && setting.type().reader().apply(setting.defaultText()) != null;
    }

    private static String typeOf(Setting<?> setting) {
        SettingType<?> type = setting.type();
        return switch (type.name()) {
            case "duration" -> Duration.class.getName();
            case "boolean" -> Boolean.class.getName();
            case "integer" -> Integer.class.getName();
            case "packages or none" -> "java.util.List<java.lang.String>";
            case "text", "code", "never, dead-owner, after(duration)" -> String.class.getName();
            default -> type.reader().apply(setting.defaultText()).getClass().getName();
        };
    }

    @Test
    void ofTheStartersOwnToo() throws ReflectiveOperationException {
        StarterSettings defaults = StarterSettings.of(Properties.of(Env.empty().environment(), Named.PENSTOCK));
        RecordComponent[] components = StarterSettings.class.getRecordComponents();
        List<String> names =
                StarterSettings.names().stream().map(name -> "penstock." + name).toList();
        assertThat(components).hasSameSizeAs(names);
        for (int i = 0; i < components.length; i++) {
            Map<String, Object> property = properties.get(names.get(i));
            boolean isSet = components[i].getType() == Set.class;
            Object value = components[i].getAccessor().invoke(defaults);
            assertThat(property.get("type"))
                    .as(names.get(i))
                    .isEqualTo(
                            isSet
                                    ? "java.util.List<java.lang.String>"
                                    : value.getClass().getName());
            assertThat(String.valueOf(property.get("defaultValue")))
                    .as(names.get(i))
                    .isEqualTo(isSet ? "null" : String.valueOf(value));
        }
    }

    /** Boot reads them, by the endpoint's id and the health's name. */
    @Test
    void theAccessOfTheEndpointIsWhatItSaysItself() {
        Endpoint endpoint = PenstockEndpoint.class.getAnnotation(Endpoint.class);
        Map<String, Object> access = properties.get("management.endpoint." + endpoint.id() + ".access");

        assertThat(access.get("type")).isEqualTo(Access.class.getName());
        assertThat(Access.valueOf(((String) access.get("defaultValue"))
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')))
                .isEqualTo(endpoint.defaultAccess());
    }

    @Test
    void aFieldOfAPlanThatIsSetToItsDefaultChangesNothing() {
        var plan = Env.properties(PLAN).configOf("ds").budget().plan();
        List<String> withDefault = planFields()
                .filter(field -> properties.get(field).containsKey("defaultValue"))
                .toList();

        assertThat(withDefault).hasSizeGreaterThan(10);
        for (String field : withDefault) {
            String line = field + "=" + properties.get(field).get("defaultValue");
            assertThat(Env.properties(PLAN)
                            .andProperties(line)
                            .configOf("ds")
                            .budget()
                            .plan())
                    .as(line)
                    .isEqualTo(plan);
        }
    }

    @Test
    void everyDescriptionIsOne() {
        properties.forEach((name, property) ->
                assertThat((String) property.get("description")).as(name).matches("(?s)[A-Za-z].{15,}\\."));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyHintIsOfAPropertyAndItsValuesAreAllowed() {
        byName("hints").forEach((name, hint) -> {
            assertThat(properties).containsKey(name);
            for (Map<String, Object> value : (List<Map<String, Object>>) hint.get("values")) {
                if (!name.equals("penstock.budget.plan")) {
                    Env env = Env.properties(name + "=" + value.get("value")).andProperties(PLAN);
                    assertThatCode(() -> env.configOf("ds"))
                            .as(name + "=" + value.get("value"))
                            .doesNotThrowAnyException();
                }
            }
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void ofAnEnumEveryValueIsAHint() {
        settings().forEach((name, setting) -> {
            if (((String) properties.get(name).get("type")).startsWith("dev.penstock")) {
                Object[] constants = setting.type()
                        .reader()
                        .apply(setting.defaultText())
                        .getClass()
                        .getEnumConstants();
                List<String> hinted = new ArrayList<>();
                ((List<Map<String, Object>>) byName("hints").get(name).get("values"))
                        .forEach(value -> hinted.add((String) value.get("value")));
                assertThat(hinted)
                        .as(name)
                        .containsExactlyInAnyOrderElementsOf(Arrays.stream(constants)
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .toList());
            }
        });
    }
}
