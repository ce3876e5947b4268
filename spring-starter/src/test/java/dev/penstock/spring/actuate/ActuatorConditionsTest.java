package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When endpoint and health are there, and when not. */
class ActuatorConditionsTest {
    private static final String EXPOSED = "management.endpoints.web.exposure.include=penstock";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PenstockAutoConfiguration.class,
                    PenstockEndpointAutoConfiguration.class,
                    PenstockHealthAutoConfiguration.class,
                    EndpointAutoConfiguration.class,
                    WebEndpointAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class));

    @Test
    void healthIsThereAndTheEndpointWhereItIsExposed() {
        runner.run(context -> assertThat(context)
                .hasBean("penstockHealthContributor")
                .doesNotHaveBean(PenstockEndpoint.class)
                .doesNotHaveBean(PenstockEndpointWebExtension.class));
        runner.withPropertyValues(EXPOSED)
                .run(context -> assertThat(context)
                        .hasSingleBean(PenstockEndpoint.class)
                        .hasSingleBean(PenstockEndpointWebExtension.class));
    }

    @Test
    void exposedByJmxAloneItHasNothingOfTheWeb() {
        runner.withPropertyValues("management.endpoints.jmx.exposure.include=penstock", "spring.jmx.enabled=true")
                .run(context -> assertThat(context)
                        .hasSingleBean(PenstockEndpoint.class)
                        .doesNotHaveBean(PenstockEndpointWebExtension.class));
    }

    @Test
    void healthCanBeSwitchedOffByItselfOrWithAllOthers() {
        runner.withPropertyValues("management.health.penstock.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("penstockHealthContributor"));
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("penstockHealthContributor"));
        runner.withPropertyValues("management.health.defaults.enabled=false", "management.health.penstock.enabled=true")
                .run(context -> assertThat(context).hasBean("penstockHealthContributor"));
    }

    @Test
    void whilePenstockIsOffNeitherIsThere() {
        runner.withPropertyValues("penstock.enabled=false", EXPOSED)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(PenstockEndpoint.class)
                        .doesNotHaveBean(PenstockEndpointWebExtension.class)
                        .doesNotHaveBean("penstockHealthContributor"));
    }

    /** Boot's own are not there either then. */
    private static WebApplicationContextRunner without(String... packages) {
        return new WebApplicationContextRunner()
                .withPropertyValues(EXPOSED)
                .withConfiguration(AutoConfigurations.of(
                        PenstockAutoConfiguration.class,
                        PenstockEndpointAutoConfiguration.class,
                        PenstockHealthAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(packages));
    }

    @Test
    void withoutTheActuatorNeitherIsThere() {
        without("org.springframework.boot.actuate", "org.springframework.boot.health")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(PenstockPools.class)
                        .doesNotHaveBean("penstockEndpoint")
                        .doesNotHaveBean("penstockHealthContributor"));
    }

    @Test
    void oneOfTheTwoIsEnoughForItself() {
        without("org.springframework.boot.health")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(PenstockEndpoint.class)
                        .doesNotHaveBean("penstockHealthContributor"));
        without("org.springframework.boot.actuate")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("penstockHealthContributor")
                        .doesNotHaveBean("penstockEndpoint"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        HealthIndicator penstockHealthIndicator() {
            return () -> Health.up().withDetail("by", "the application").build();
        }

        @Bean
        PenstockEndpoint ownEndpoint(PenstockPools pools) {
            return new PenstockEndpoint(pools) {
                @Override
                public PoolsOverview pools() {
                    throw new UnsupportedOperationException("not for everybody");
                }
            };
        }
    }

    @Test
    void whatTheApplicationHasOfItsOwnCountsMore() {
        runner.withPropertyValues(EXPOSED)
                .withUserConfiguration(Own.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(PenstockEndpoint.class)
                        .doesNotHaveBean("penstockEndpoint")
                        .hasBean("penstockHealthIndicator")
                        .doesNotHaveBean("penstockHealthContributor"));
    }
}
