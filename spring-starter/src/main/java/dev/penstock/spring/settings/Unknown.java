package dev.penstock.spring.settings;

import dev.penstock.internal.settings.SettingKeys;
import dev.penstock.internal.settings.Settings;
import dev.penstock.spring.settings.plan.UnknownField;
import dev.penstock.spring.settings.source.Gaps;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Properties that nobody knows: most often a slip of the pen, and then whoever wrote them relies on something. */
final class Unknown {
    private static final int POOLS_DEPTH = Named.POOLS.getNumberOfElements();

    private static final ConfigurationPropertyName EXEMPT = ConfigurationPropertyName.of(Settings.EXEMPT.key());

    private final Properties properties;

    Unknown(Properties properties) {
        this.properties = properties;
    }

    /** Throws an {@link InvalidPropertyException} for the first one. */
    void check() {
        SortedSet<ConfigurationPropertyName> names = properties.below(Named.PENSTOCK);
        names.stream()
                .filter(name -> !isKnown(name))
                .flatMap(name -> properties.find(name).stream())
                .filter(property -> !isEmptyGroup(property))
                .findFirst()
                .ifPresent(property -> {
                    throw refused(property);
                });
        Gaps.check(names, properties);
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        ConfigurationPropertyName prefix = prefix(name);
        ConfigurationPropertyName below = below(name);
        return Named.all().containsKey(below)
                || (!isOfPool(prefix) && StarterSettings.names().contains(below))
                || isElement(below, isOfPool(prefix))
                || (isInPlan(below) && UnknownField.isKnown(prefix.append(Named.PLAN), name));
    }

    /** {@code penstock.pools.<name>} or {@code penstock}. */
    private static ConfigurationPropertyName prefix(ConfigurationPropertyName name) {
        return Named.POOLS.isAncestorOf(name) ? name.chop(POOLS_DEPTH + 1) : Named.PENSTOCK;
    }

    private static boolean isOfPool(ConfigurationPropertyName prefix) {
        return Named.POOLS.isParentOf(prefix);
    }

    private static ConfigurationPropertyName below(ConfigurationPropertyName name) {
        return name.subName(prefix(name).getNumberOfElements());
    }

    private static boolean isInPlan(ConfigurationPropertyName below) {
        return Named.PLAN.isAncestorOf(below);
    }

    private static boolean isElement(ConfigurationPropertyName below, boolean ofPool) {
        int last = below.getNumberOfElements() - 1;
        return last > 0
                && below.isNumericIndex(last)
                && (below.getParent().equals(EXEMPT)
                        || (!ofPool && StarterSettings.lists().contains(below.getParent())));
    }

    /** A heading in YAML with nothing below it. */
    private static boolean isEmptyGroup(Property property) {
        ConfigurationPropertyName below = below(property.name());
        return property.text().isEmpty()
                && (below.isEmpty()
                        || property.name().equals(Named.POOLS)
                        || Stream.concat(Named.all().keySet().stream(), StarterSettings.names().stream())
                                .anyMatch(below::isAncestorOf));
    }

    private static InvalidPropertyException refused(Property property) {
        ConfigurationPropertyName prefix = prefix(property.name());
        ConfigurationPropertyName below = below(property.name());
        if (isInPlan(below)) {
            return UnknownField.refused(prefix.append(Named.PLAN), property);
        }
        if (isOfPool(prefix) && StarterSettings.names().contains(below)) {
            return property.refused(
                    "is not a property of one pool; set it for all of them, " + Named.PENSTOCK.append(below));
        }
        return property.refused("is not a property of Penstock's" + hint(property.name(), prefix));
    }

    /** A bean's name may have dots; Spring takes them for the ends of names. */
    private static @Nullable String inBrackets(ConfigurationPropertyName name, ConfigurationPropertyName prefix) {
        for (int end = prefix.getNumberOfElements() + 1; end < name.getNumberOfElements(); end++) {
            if (isOfPool(prefix) && Named.all().containsKey(name.subName(end))) {
                String bean = name.chop(end).subName(POOLS_DEPTH).toString();
                return "; of a bean '" + bean + "' it is " + Named.POOLS + "[" + bean + "]." + name.subName(end);
            }
        }
        return null;
    }

    private static String hint(ConfigurationPropertyName name, ConfigurationPropertyName prefix) {
        List<String> known = Stream.concat(
                        Named.all().keySet().stream(),
                        isOfPool(prefix) ? Stream.empty() : StarterSettings.names().stream())
                .map(below -> prefix.append(below).toString())
                .toList();
        String inBrackets = inBrackets(name, prefix);
        if (inBrackets != null) {
            return inBrackets;
        }
        String nearest = SettingKeys.nearest(name.toString(), known);
        return nearest == null ? "; properties are " + String.join(", ", known) : "; did you mean " + nearest + "?";
    }
}
