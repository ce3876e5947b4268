package dev.penstock.spring.settings.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * The properties of an environment below one name, as texts, each with the place that it stands at. Sources that have
 * none are not asked again: most applications set little, and starting is to cost nothing then. Immutable.
 */
public final class Properties {
    private final List<Source> sources;
    private final UnaryOperator<String> placeholders;

    private Properties(List<Source> sources, UnaryOperator<String> placeholders) {
        this.sources = sources;
        this.placeholders = placeholders;
    }

    private static List<Source> below(ConfigurationPropertyName root, Iterable<ConfigurationPropertySource> sources) {
        return StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> source.containsDescendantOf(root) != ConfigurationPropertyState.ABSENT)
                .map(source -> Source.of(source, root))
                .toList();
    }

    /** Those of an environment below that name, as they are now. */
    public static Properties of(ConfigurableEnvironment environment, ConfigurationPropertyName root) {
        return new Properties(
                below(root, ConfigurationPropertySources.get(environment)), environment::resolveRequiredPlaceholders);
    }

    /** Those of that source, with placeholders that stand for what they stand for here. */
    public Properties of(PropertySource<?> source, ConfigurationPropertyName root) {
        return new Properties(below(root, ConfigurationPropertySources.from(source)), placeholders);
    }

    /** Whether nobody has set anything, as far as sources tell. */
    public boolean isEmpty() {
        return sources.isEmpty();
    }

    /** What counts of the properties of this name. */
    public Optional<Property> find(ConfigurationPropertyName name) {
        return sources.stream()
                .map(source -> source.find(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(property -> read(name, property));
    }

    /** The same where a list may be given; it becomes a text with commas. Lists are not merged, as nowhere in Spring. */
    public Optional<Property> findList(ConfigurationPropertyName name) {
        for (Source source : sources) {
            ConfigurationProperty property = source.find(name);
            if (property != null) {
                return Optional.of(read(name, property));
            }
            List<Property> elements = elements(source, name);
            if (!elements.isEmpty()) {
                return Optional.of(joined(name, elements));
            }
        }
        return Optional.empty();
    }

    private List<Property> elements(Source source, ConfigurationPropertyName name) {
        List<Property> elements = new ArrayList<>();
        ConfigurationProperty element = source.find(at(name, 0));
        while (element != null) {
            elements.add(read(at(name, elements.size()), element));
            element = source.find(at(name, elements.size()));
        }
        return elements;
    }

    /** Only the source whose list of this name counts: the first that has anything below it; empty if none has. */
    public Optional<Properties> withList(ConfigurationPropertyName name) {
        return sources.stream()
                .filter(source -> source.hasBelow(name))
                .findFirst()
                .map(source -> new Properties(List.of(source), placeholders));
    }

    /** Whether there is a property of this name, or below it. */
    public boolean has(ConfigurationPropertyName name) {
        return sources.stream().anyMatch(source -> source.hasBelow(name) || source.find(name) != null);
    }

    /** Every name below this one, but for those of the JVM and of the process. */
    public SortedSet<ConfigurationPropertyName> below(ConfigurationPropertyName name) {
        return sources.stream()
                .flatMap(source -> source.ofTheApplication().stream())
                .filter(name::isAncestorOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Name of an element of a list. */
    public static ConfigurationPropertyName at(ConfigurationPropertyName list, int index) {
        return list.append("[" + index + "]");
    }

    private static Property joined(ConfigurationPropertyName name, List<Property> elements) {
        String values =
                elements.stream().map(one -> String.valueOf(one.value())).collect(Collectors.joining(", "));
        String texts = elements.stream().map(Property::text).collect(Collectors.joining(", "));
        return new Property(name, values, texts, elements.get(0).origin());
    }

    private Property read(ConfigurationPropertyName name, ConfigurationProperty property) {
        Object value = plain(property.getValue());
        Property raw = new Property(name, value, String.valueOf(value), origin(property));
        try {
            return new Property(name, value, placeholders.apply(raw.text()), raw.origin());
        } catch (IllegalArgumentException e) { // nothing stands behind one of them, or it leads back to itself
            throw raw.refused("must have placeholders that can be resolved");
        }
    }

    /** Lists as they are, where a program has set them. */
    private static Object plain(Object value) {
        return value instanceof Collection<?> all
                ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value;
    }

    private static @Nullable String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? null : property.getOrigin().toString();
    }
}
