package dev.penstock.spring.settings;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.spring.settings.source.Dashed;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Property;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings that the library refuses, told with the properties that they come from: of two that contradict each other one
 * may be a pool's and the other everybody's, or code's.
 *
 * @param found properties by the full keys of their settings
 * @param inCode what was set before
 */
record Contradiction(Map<String, Property> found, PenstockConfig inCode) {
    /** What is to be thrown instead; the same if no property has to do with it. */
    RuntimeException told(InvalidSettingException refused) {
        TreeSet<String> others = new TreeSet<>();
        String rule = Named.renamed(refused.rule(), key -> {
            others.add(key);
            return nameOf(key);
        });
        StringBuilder text = new StringBuilder(rule);
        others.stream()
                .filter(key -> where(key) != null)
                .forEach(key -> text.append(" (").append(where(key)).append(')'));
        Property property = found.get(refused.setting());
        if (property != null) {
            return property.refused(text.toString());
        }
        return others.stream().anyMatch(found::containsKey)
                ? new InvalidPropertyException(
                        nameOf(refused.setting()), text.toString(), refused.value(), where(refused.setting()))
                : refused;
    }

    private String nameOf(String key) {
        Property property = found.get(key);
        return property == null ? Dashed.of(key) : property.name().toString();
    }

    private @Nullable String where(String key) {
        Property property = found.get(key);
        if (property != null) {
            return property.where();
        }
        return inCode.originOf(key) == null ? null : "set in code";
    }
}
