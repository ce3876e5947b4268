package dev.penstock.spring.settings;

import dev.penstock.PenstockConfig;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Properties;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What {@code penstock.*} says of each pool: {@code penstock.pools.<bean>.*} counts more than {@code penstock.*}, and
 * both more than a {@link PenstockConfigCustomizer}. Thread-safe.
 */
public final class PoolSettings {
    private final ConfigurableEnvironment environment;
    private final StarterSettings starter;

    /**
     * Of this environment.
     *
     * @throws InvalidPropertyException if there is a property {@code penstock.*} that nobody knows, or one has a value
     *     that it cannot have, whether there is a pool for it or not
     */
    public PoolSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
        Properties properties = properties();
        // before anything of the library is made, which reads the system property of this name itself
        properties.find(Named.PENSTOCK.append("enabled")).ifPresent(Texts::bool);
        new Unknown(properties).check();
        this.starter = StarterSettings.of(properties);
        new OfPool(properties, List.of(Named.PENSTOCK)).checkAlone();
        pools(properties).forEach(pool -> new OfPool(properties, List.of(pool, Named.PENSTOCK)).checkAlone());
    }

    private Properties properties() {
        return Properties.of(environment, Named.PENSTOCK);
    }

    /** What is not for one pool or another. */
    public StarterSettings starter() {
        return starter;
    }

    /**
     * The configuration of the pool of this bean, of what is set now.
     *
     * @param customizers in their order
     * @throws InvalidPropertyException if a property has a value that it cannot have, or cannot have beside another
     * @throws dev.penstock.InvalidSettingException if a customizer sets such a value
     */
    public PenstockConfig of(String bean, Stream<PenstockConfigCustomizer> customizers) {
        List<ConfigurationPropertyName> prefixes = Stream.concat(Named.ofPool(bean).stream(), Stream.of(Named.PENSTOCK))
                .toList();
        String application = environment.getProperty("spring.application.name", "");
        return new OfPool(properties(), prefixes).config(bean, customizers.toList(), application);
    }

    /** Whether there is a property for this pool alone. */
    public boolean mentions(String bean) {
        Properties properties = properties();
        return Named.ofPool(bean).stream().anyMatch(properties::has);
    }

    /**
     * Throws an {@link InvalidPropertyException} for the first property of a pool that does not exist, or if {@code
     * penstock.include} or {@code exclude} names one.
     *
     * @param beans names of the DataSources of the context, and of its parents
     */
    public void checkPools(Set<String> beans) {
        new PoolNames(properties(), beans).check(starter);
    }

    /** Whether {@link #checkPools} has anything to check. */
    public boolean namesPools() {
        return !starter.include().isEmpty()
                || !starter.exclude().isEmpty()
                || !pools(properties()).isEmpty();
    }

    private static Set<ConfigurationPropertyName> pools(Properties properties) {
        int depth = Named.POOLS.getNumberOfElements() + 1;
        return properties.below(Named.POOLS).stream()
                .filter(name -> name.getNumberOfElements() > depth)
                .map(name -> name.chop(depth))
                .collect(Collectors.toSet());
    }
}
