package dev.penstock.spring.environment;

import dev.penstock.spring.settings.Switches;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Has Spring Cloud leave our pools alone when it refreshes a context. It binds every bean with
 * {@code @ConfigurationProperties} anew, which a pool that runs refuses, so that the refresh fails; but for the classes
 * that {@code spring.cloud.refresh.never-refreshable} names: by default HikariDataSource, and no subclass of it. What the
 * application names there is kept.
 *
 * <p>Runs last, when every property of the application is known.
 */
public final class NeverRefreshable implements EnvironmentPostProcessor, Ordered {
    static final String PROPERTY = "spring.cloud.refresh.never-refreshable";

    /** Spring Cloud compares names of classes, hence subclasses have to be here too. */
    static final Set<String> OURS = Set.of(
            "dev.penstock.hikari.PenstockHikariDataSource",
            "dev.penstock.spring.observation.ObservedHikariDataSource",
            "dev.penstock.PenstockDataSource");

    private static final List<String> BY_DEFAULT = List.of("com.zaxxer.hikari.HikariDataSource");
    private static final String REFRESHER = "org.springframework.cloud.context.refresh.ContextRefresher";

    /** Called by Spring Boot. */
    public NeverRefreshable() {}

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!ClassUtils.isPresent(REFRESHER, application.getClassLoader())
                || "false".equals(Switches.find(environment, "penstock.enabled"))) {
            return;
        }
        Set<String> names = new LinkedHashSet<>(Binder.get(environment)
                .bind(PROPERTY, Bindable.listOf(String.class))
                .orElse(List.of()));
        names.addAll(BY_DEFAULT);
        names.addAll(OURS);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("penstockRefresh", Map.of(PROPERTY, String.join(",", names))));
    }
}
