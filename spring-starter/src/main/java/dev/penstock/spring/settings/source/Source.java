package dev.penstock.spring.settings.source;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;

/**
 * One source, asked only for what it has: a look-up costs as much as the source is large, and most names that may be
 * set are not.
 *
 * @param source to ask
 * @param names all of its names below the root; null if there is no telling: it cannot list them, or has several
 *     spellings of one name, as the variables of the process have
 * @param parents of those names, and theirs
 */
record Source(
        ConfigurationPropertySource source,
        @Nullable Set<ConfigurationPropertyName> names,
        Set<ConfigurationPropertyName> parents) {
    static Source of(ConfigurationPropertySource source, ConfigurationPropertyName root) {
        boolean isOfTheApplication = new UnboundElementsSourceFilter().apply(source);
        if (!isOfTheApplication || !(source instanceof IterableConfigurationPropertySource all)) {
            return new Source(source, null, Set.of());
        }
        Set<ConfigurationPropertyName> names =
                all.stream().filter(root::isAncestorOf).collect(Collectors.toUnmodifiableSet());
        return new Source(source, names, parents(names));
    }

    private static Set<ConfigurationPropertyName> parents(Set<ConfigurationPropertyName> names) {
        Set<ConfigurationPropertyName> parents = new HashSet<>();
        for (ConfigurationPropertyName name : names) {
            ConfigurationPropertyName parent = name.getParent();
            while (parents.add(parent)) { // what is known has its own there
                parent = parent.getParent();
            }
        }
        return parents;
    }

    /** Null if there is none. */
    @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
        return names == null || names.contains(name) ? source.getConfigurationProperty(name) : null;
    }

    boolean hasBelow(ConfigurationPropertyName name) {
        return names == null
                ? source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT
                : parents.contains(name);
    }

    /**
     * What is set for the JVM or the process is not there: it may be meant for somebody else, a Kubernetes service
     * called penstock for example.
     */
    Set<ConfigurationPropertyName> ofTheApplication() {
        return names == null ? Set.of() : names;
    }
}
