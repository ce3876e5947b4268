package dev.penstock.spring.settings;

import dev.penstock.PenstockConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Environments as Spring Boot makes them; what is added first counts most. Nothing of this process is in them. */
public final class Env {
    private final StandardEnvironment environment = new StandardEnvironment();

    private Env() {
        environment.getPropertySources().stream()
                .map(PropertySource::getName)
                .toList()
                .forEach(environment.getPropertySources()::remove);
    }

    public static Env empty() {
        return new Env();
    }

    /** A file {@code application.yml} of these lines. */
    public static Env yaml(String... lines) {
        return empty().andYaml(lines);
    }

    /** A file {@code application.properties} of these lines. */
    public static Env properties(String... lines) {
        return empty().andProperties(lines);
    }

    public Env andYaml(String... lines) {
        return load(new YamlPropertySourceLoader(), "application.yml", lines);
    }

    public Env andProperties(String... lines) {
        return load(new PropertiesPropertySourceLoader(), "application.properties", lines);
    }

    public Env andMap(Map<String, Object> values) {
        return and(new MapPropertySource("map", values));
    }

    public Env andVariables(Map<String, Object> variables) {
        return and(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    }

    public Env and(PropertySource<?> source) {
        environment.getPropertySources().addLast(source);
        return this;
    }

    private Env load(PropertySourceLoader loader, String file, String... lines) {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        try {
            String name = file + " " + environment.getPropertySources().size();
            loader.load(name, new Named(text, file)).forEach(this::and);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Described as nothing but its name. */
    private static final class Named extends ByteArrayResource {
        private final String name;

        Named(byte[] text, String name) {
            super(text);
            this.name = name;
        }

        @Override
        public String getDescription() {
            return name;
        }
    }

    public ConfigurableEnvironment environment() {
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    public PoolSettings settings() {
        return new PoolSettings(environment());
    }

    /** Of a pool that no customizer changes. */
    public PenstockConfig configOf(String bean) {
        return settings().of(bean, Stream.empty());
    }
}
