package dev.penstock.spring.settings;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.settings.Properties.Property;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What {@code penstock.*} says of each pool: {@code penstock.pools.<bean>.*} counts more than {@code penstock.*}, and
 * both more than a {@link PenstockConfigCustomizer}. Thread-safe.
 */
public final class PoolSettings {
    private final Properties properties;
    private final StarterSettings starter;

    /**
     * Of this environment.
     *
     * @throws InvalidPropertyException if there is a property {@code penstock.*} that nobody knows, or one that is not
     *     for a single pool has a value that it cannot have
     */
    public PoolSettings(ConfigurableEnvironment environment) {
        this.properties = new Properties(environment);
        new Unknown(properties).check();
        this.starter = StarterSettings.of(properties);
        PenstockConfig unused = global();
    }

    /** What is not for one pool or another. */
    public StarterSettings starter() {
        return starter;
    }

    /** Whoever has no DataSource yet learns of a wrong value too. */
    private PenstockConfig global() {
        return config(PenstockConfig.builder(), List.of(Named.PENSTOCK));
    }

    /**
     * The configuration of the pool of this bean.
     *
     * @param customizers in their order
     * @throws InvalidPropertyException if a property has a value that it cannot have, or cannot have beside another
     */
    public PenstockConfig of(String bean, Stream<PenstockConfigCustomizer> customizers) {
        PenstockConfig.Builder builder = PenstockConfig.builder();
        customizers.forEach(customizer -> customizer.customize(bean, builder));
        return config(builder, prefixes(bean));
    }

    /** Whether there is a property for this pool alone. */
    public boolean mentions(String bean) {
        return properties
                .below(Named.POOLS)
                .anyMatch(name -> namesOf(bean).stream().anyMatch(of -> of.isAncestorOf(name)));
    }

    /**
     * Throws an {@link InvalidPropertyException} for the first property of a pool that does not exist, or of an {@code
     * include} or {@code exclude} that names none.
     *
     * @param beans names of the DataSources of the context, and of its parents
     */
    public void checkPools(Set<String> beans) {
        properties
                .below(Named.POOLS)
                .filter(name ->
                        beans.stream().flatMap(bean -> namesOf(bean).stream()).noneMatch(of -> of.isAncestorOf(name)))
                .min(Comparator.naturalOrder())
                .flatMap(properties::find)
                .ifPresent(property -> {
                    throw property.refused("must be of a DataSource bean, which are " + new TreeSet<>(beans), null);
                });
    }

    // ---- the properties of one pool -------------------------------------------------------------

    private static List<ConfigurationPropertyName> prefixes(String bean) {
        return Stream.concat(namesOf(bean).stream(), Stream.of(Named.PENSTOCK)).toList();
    }

    /** {@code penstock.pools.order-db} for {@code orderDb}, and {@code penstock.pools[order_db]} for what has no dashed form. */
    private static List<ConfigurationPropertyName> namesOf(String bean) {
        ConfigurationPropertyName quoted = Named.POOLS.append("[" + bean + "]");
        ConfigurationPropertyName dashed = ConfigurationPropertyName.ofIfValid(Named.POOLS + "." + Named.dashed(bean));
        return dashed == null || bean.indexOf('.') >= 0 ? List.of(quoted) : List.of(dashed, quoted);
    }

    private PenstockConfig config(PenstockConfig.Builder builder, List<ConfigurationPropertyName> prefixes) {
        Map<String, Property> found = new LinkedHashMap<>();
        Named.all().forEach((below, key) -> find(prefixes, below).ifPresent(property -> found.put(key, property)));
        Map<String, String> texts = new LinkedHashMap<>();
        found.forEach((key, property) -> texts.put(key, property.text()));
        try {
            return builder.build().withProperties(texts, key -> originOf(found.get(key)));
        } catch (InvalidSettingException e) {
            throw refused(found.get(e.setting()), e);
        }
    }

    private Optional<Property> find(List<ConfigurationPropertyName> prefixes, ConfigurationPropertyName below) {
        return prefixes.stream()
                .flatMap(prefix -> properties.find(prefix.append(below)).stream())
                .findFirst();
    }

    private static String originOf(@Nullable Property property) {
        return property == null || property.origin() == null ? "properties" : property.origin();
    }

    private static InvalidPropertyException refused(@Nullable Property property, InvalidSettingException why) {
        String rule = Named.inProperties(why.rule());
        return property == null
                ? new InvalidPropertyException(Named.inProperties(why.setting()), rule, why.value(), null, why)
                : property.refused(rule, why);
    }
}
