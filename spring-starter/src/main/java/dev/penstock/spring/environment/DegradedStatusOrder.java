package dev.penstock.spring.environment;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the status DEGRADED a place in the order of severity, where {@code penstock.health.degraded-status} asks for
 * that status: what is not in the order is passed over when the health of an application is summed up. Behind all other
 * properties, so that an order that somebody sets counts more. To HTTP it is 200, as every status is that nobody maps:
 * a mapping of ours would put Boot's own, DOWN to 503, out of force.
 */
final class DegradedStatusOrder implements EnvironmentPostProcessor, Ordered {
    static final String ORDER = "management.endpoint.health.status.order";
    private static final String WANTED = "penstock.health.degraded-status";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if ("true".equals(environment.getProperty(WANTED))) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "penstockHealthStatusOrder", Map.of(ORDER, "DOWN,OUT_OF_SERVICE,DEGRADED,UP,UNKNOWN")));
        }
    }

    /** When the application's own files have been read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
