package dev.penstock.spring.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.json.JsonParserFactory;
import org.yaml.snakeyaml.Yaml;

/** What is in the jar under {@code META-INF/penstock/monitoring}. */
final class Shipped {
    static final Path FOLDER = Path.of("monitoring");
    static final String ALERTS = "penstock-alerts.yml";
    static final String ALERTS_TEST = "penstock-alerts-test.yml";
    static final String DASHBOARD = "penstock-dashboard.json";

    private Shipped() {}

    /** An alert. */
    record Alert(String name, String expression, String severity, Map<String, Object> annotations) {}

    static String text(String name) throws IOException {
        String resource = "/META-INF/penstock/monitoring/" + name;
        try (InputStream in = Objects.requireNonNull(Shipped.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<Alert> alerts() throws IOException {
        Map<String, Object> file = new Yaml().load(text(ALERTS));
        return listOfMaps(file.get("groups")).stream()
                .flatMap(group -> listOfMaps(group.get("rules")).stream())
                .map(rule -> new Alert(
                        String.valueOf(rule.get("alert")),
                        String.valueOf(rule.get("expr")),
                        String.valueOf(map(rule.get("labels")).get("severity")),
                        map(rule.get("annotations"))))
                .toList();
    }

    /** What promtool is told to expect: entries of {@code alert_rule_test}. */
    static List<Map<String, Object>> expectations() throws IOException {
        Map<String, Object> file = new Yaml().load(text(ALERTS_TEST));
        return listOfMaps(file.get("tests")).stream()
                .flatMap(test -> listOfMaps(test.get("alert_rule_test")).stream())
                .toList();
    }

    static Map<String, Object> dashboard() throws IOException {
        return JsonParserFactory.getJsonParser().parseMap(text(DASHBOARD));
    }

    /** Without the rows, which are headings. */
    static List<Map<String, Object>> panels() throws IOException {
        return listOfMaps(dashboard().get("panels")).stream()
                .filter(panel -> !"row".equals(panel.get("type")))
                .toList();
    }

    static List<Expression> ofDashboard() throws IOException {
        List<Expression> expressions = new ArrayList<>();
        for (Map<String, Object> panel : panels()) {
            listOfMaps(panel.get("targets"))
                    .forEach(target -> expressions.add(new Expression(String.valueOf(target.get("expr")))));
        }
        return expressions;
    }

    /** All that is asked of Prometheus. */
    static Stream<Expression> expressions() throws IOException {
        return Stream.concat(
                ofDashboard().stream(), alerts().stream().map(alert -> new Expression(alert.expression())));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> listOfMaps(Object list) {
        return (List<Map<String, Object>>) list;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object map) {
        return (Map<String, Object>) map;
    }
}
