package dev.penstock.spring.settings;

import dev.penstock.internal.settings.SettingKeys;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Names of pools that are none.
 *
 * @param properties where they stand
 * @param beans names of all DataSources
 */
record PoolNames(Properties properties, Set<String> beans) {
    /** Throws an {@link InvalidPropertyException} for the first one. */
    void check(StarterSettings starter) {
        refuseUnknown(StarterSettings.Key.INCLUDE, starter.include());
        refuseUnknown(StarterSettings.Key.EXCLUDE, starter.exclude());
        properties.below(Named.POOLS).stream()
                .filter(name -> beans.stream()
                        .flatMap(bean -> Named.ofPool(bean).stream())
                        .noneMatch(pool -> pool.equals(name) || pool.isAncestorOf(name)))
                .findFirst()
                .flatMap(properties::find)
                .ifPresent(property -> {
                    throw property.refused("must be of a DataSource" + hint(poolOf(property)));
                });
    }

    private void refuseUnknown(StarterSettings.Key key, Set<String> named) {
        named.stream()
                .filter(name -> !beans.contains(name))
                .findFirst()
                .ifPresent(unknown -> properties
                        .findList(Named.PENSTOCK.append(key.belowPenstock()))
                        .ifPresent(property -> {
                            throw property.refused(
                                    "must name DataSources only, and '" + unknown + "' is none" + hint(unknown));
                        }));
    }

    private static String poolOf(Property property) {
        int depth = Named.POOLS.getNumberOfElements();
        return property.name().getElement(depth, ConfigurationPropertyName.Form.ORIGINAL);
    }

    private String hint(String unknown) {
        List<String> known = beans.stream().map(bean -> "penstock." + bean).toList();
        String nearest = SettingKeys.nearest("penstock." + unknown, known);
        return nearest == null
                ? "; the beans are " + String.join(", ", new TreeSet<>(beans))
                : "; did you mean " + nearest.substring("penstock.".length()) + "?";
    }
}
