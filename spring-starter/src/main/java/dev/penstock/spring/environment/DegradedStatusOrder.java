package dev.penstock.spring.environment;

import dev.penstock.spring.settings.Switches;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the status DEGRADED a place in the order of severity, where {@code penstock.health.degraded-status} asks for
 * that status: what is not in the order is passed over when the health of an application is summed up. An order that
 * somebody sets is left alone. To HTTP it is 200, as every status is that nobody maps:
 * a mapping of ours would put Boot's own, DOWN to 503, out of force.
 */
final class DegradedStatusOrder implements EnvironmentPostProcessor, Ordered {
    static final String ORDER = "management.endpoint.health.status.order";
    private static final String WANTED = "penstock.health.degraded-status";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if ("true".equals(Switches.find(environment, WANTED)) && !isSet(environment)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "penstockHealthStatusOrder", Map.of(ORDER, "DOWN,OUT_OF_SERVICE,DEGRADED,UP,UNKNOWN")));
        }
    }

    /** Also as a list, or as a default of the application, which Spring Boot puts behind ours. */
    private static boolean isSet(ConfigurableEnvironment environment) {
        return Binder.get(environment)
                .bind(ORDER, Bindable.listOf(String.class))
                .isBound();
    }

    /** When the application's own files have been read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
