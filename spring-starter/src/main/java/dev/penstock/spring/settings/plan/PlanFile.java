package dev.penstock.spring.settings.plan;

import dev.penstock.spring.settings.source.Gaps;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/** A plan that stands in a file of its own, as the tools read it; its fields become properties below the location's name. */
final class PlanFile {
    private static final String LOCATION =
            "must be the location of a plan file, such as classpath:shop.yaml or file:/etc/shop.yaml";

    private PlanFile() {}

    /** Throws an {@code InvalidPropertyException} if there is none, or if it has what no plan has. */
    static PlanNode read(Property location, Properties properties) {
        ConfigurationPropertyName plan = location.name();
        Properties fields = properties.of(below(plan, load(location)), plan);
        UnknownField.check(fields, plan);
        Gaps.check(fields.below(plan), fields);
        return new PlanNode(fields, plan);
    }

    private static PropertySource<?> load(Property location) {
        Resource file = resource(location);
        List<PropertySource<?>> documents;
        try {
            documents = new YamlPropertySourceLoader().load(location.text(), file);
        } catch (IOException | RuntimeException e) { // the parser is the application's, and so are its exceptions
            throw location.refused(LOCATION + ", but it cannot be read: " + reason(e));
        }
        if (documents.size() != 1) {
            throw location.refused(LOCATION + ", with one document, but it has " + documents.size());
        }
        return documents.get(0);
    }

    /** Nothing is fetched from elsewhere. */
    private static Resource resource(Property location) {
        if (!location.text().startsWith("classpath:") && !location.text().startsWith("file:")) {
            throw location.refused(LOCATION);
        }
        return new DefaultResourceLoader().getResource(location.text());
    }

    /** In one line, and without the lines of the file that it quotes: it may be another file than was meant. */
    private static String reason(Exception e) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())
                .lines()
                .filter(line -> !line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    private static PropertySource<?> below(ConfigurationPropertyName plan, PropertySource<?> file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (file instanceof EnumerablePropertySource<?> all && all.getSource() instanceof Map<?, ?> values) {
            values.forEach((field, value) -> fields.put(plan + "." + field, value));
        }
        return new OriginTrackedMapPropertySource(file.getName(), fields, true);
    }
}
