package dev.penstock.spring.settings;

import dev.penstock.internal.failure.Masking;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.ConfigurableEnvironment;

/** The properties of an environment as texts, each with the place that it stands at. */
final class Properties {
    private final Iterable<ConfigurationPropertySource> sources;
    private final PropertySourcesPlaceholdersResolver placeholders;
    private final Binder binder;

    Properties(ConfigurableEnvironment environment) {
        this.sources = ConfigurationPropertySources.get(environment);
        this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
        this.binder = Binder.get(environment);
    }

    /**
     * A property as it stands there.
     *
     * @param name as Spring's documentation writes it
     * @param text with placeholders replaced
     * @param origin where it stands; null if that is not known
     */
    record Property(
            ConfigurationPropertyName name,
            String text,
            @Nullable String origin) {
        InvalidPropertyException refused(String rule, @Nullable Throwable cause) {
            return new InvalidPropertyException(name.toString(), rule, quoted(), origin, cause);
        }

        /** Nobody knows what an unknown key holds: it may be a password. */
        private String quoted() {
            return "'" + Masking.maskValue(name.toString(), text) + "'";
        }
    }

    /** What counts of the properties of this name; a list in YAML is a text with commas. */
    Optional<Property> find(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : sources) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property == null) {
                property = source.getConfigurationProperty(name.append("[0]"));
                if (property != null) {
                    return Optional.of(list(name, property));
                }
            } else {
                return Optional.of(property(name, property));
            }
        }
        return Optional.empty();
    }

    private Property list(ConfigurationPropertyName name, ConfigurationProperty first) {
        List<String> all = binder.bind(name, Bindable.listOf(String.class)).orElse(List.of());
        return new Property(name, String.join(", ", all), origin(first));
    }

    private Property property(ConfigurationPropertyName name, ConfigurationProperty property) {
        Property raw = new Property(name, String.valueOf(property.getValue()), origin(property));
        try {
            return new Property(name, String.valueOf(placeholders.resolvePlaceholders(raw.text)), raw.origin);
        } catch (IllegalArgumentException e) { // circular
            throw raw.refused("must have placeholders that can be resolved", e);
        }
    }

    private static @Nullable String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? null : property.getOrigin().toString();
    }

    /**
     * Every name below this one, but for those of the JVM and of the process: what is set there may be meant for
     * somebody else, a Kubernetes service called penstock for example.
     */
    Stream<ConfigurationPropertyName> below(ConfigurationPropertyName name) {
        UnboundElementsSourceFilter ofTheApplication = new UnboundElementsSourceFilter();
        return StreamSupport.stream(sources.spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .filter(ofTheApplication::apply)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(name::isAncestorOf);
    }
}
