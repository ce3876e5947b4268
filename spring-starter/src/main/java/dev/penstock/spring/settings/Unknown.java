package dev.penstock.spring.settings;

import dev.penstock.internal.settings.SettingKeys;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Properties that nobody knows: most often a slip of the pen, and then whoever wrote them relies on something. */
final class Unknown {
    private static final int POOLS_DEPTH = Named.POOLS.getNumberOfElements();

    private final Properties properties;

    Unknown(Properties properties) {
        this.properties = properties;
    }

    /** Throws an {@link InvalidPropertyException} for the first one. */
    void check() {
        properties
                .below(Named.PENSTOCK)
                .filter(name -> !isKnown(name))
                .sorted()
                .findFirst()
                .ifPresent(this::refuse);
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        if (Named.POOLS.isAncestorOf(name)) {
            return name.getNumberOfElements() > POOLS_DEPTH + 1 && isSetting(name.subName(POOLS_DEPTH + 1));
        }
        ConfigurationPropertyName below = name.subName(1);
        return isSetting(below) || isOneOf(StarterSettings.names(), below);
    }

    private static boolean isSetting(ConfigurationPropertyName below) {
        return isOneOf(Named.all().keySet().stream().toList(), below) || Named.PLAN.isAncestorOf(below);
    }

    /** Itself, or an element of a list of that name. */
    private static boolean isOneOf(List<ConfigurationPropertyName> names, ConfigurationPropertyName name) {
        return names.contains(name)
                || (name.isLastElementIndexed() && name.getNumberOfElements() > 1 && names.contains(name.getParent()));
    }

    private void refuse(ConfigurationPropertyName name) {
        boolean ofPool = Named.POOLS.isAncestorOf(name) && name.getNumberOfElements() > POOLS_DEPTH;
        ConfigurationPropertyName prefix = ofPool ? name.chop(POOLS_DEPTH + 1) : Named.PENSTOCK;
        List<String> known = Stream.concat(
                        Named.all().keySet().stream(), ofPool ? Stream.empty() : StarterSettings.names().stream())
                .map(below -> prefix.append(below).toString())
                .toList();
        String nearest = SettingKeys.nearest(name.toString(), known);
        String hint =
                nearest == null ? "; settings are " + String.join(", ", known) : "; did you mean " + nearest + "?";
        properties.find(name).ifPresent(property -> {
            throw property.refused("is not a property of Penstock's" + hint, null);
        });
    }
}
