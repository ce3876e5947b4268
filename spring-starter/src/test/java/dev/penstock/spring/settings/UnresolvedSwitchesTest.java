package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.events.PenstockEventsAutoConfiguration;
import dev.penstock.spring.metrics.PenstockMetricsAutoConfiguration;
import dev.penstock.spring.observation.PenstockObservationAutoConfiguration;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

/** What is asked before there are settings is refused as everything else is: in words, not with a stack trace. */
class UnresolvedSwitchesTest {
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        PenstockAutoConfiguration.class,
        PenstockEventsAutoConfiguration.class,
        PenstockMetricsAutoConfiguration.class,
        PenstockObservationAutoConfiguration.class
    })
    static class App {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "penstock.enabled",
                "penstock.events.enabled",
                "penstock.health.degraded-status",
                "penstock.metrics.enabled",
                "penstock.metrics.opentelemetry-names",
                "penstock.observation.enabled"
            })
    void aPlaceholderThatStandsForNothingIsRefusedForPeople(String name) {
        Throwable thrown = catchThrowable(() -> new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .run("--" + name + "=${GONE}"));

        assertThat(NestedExceptionUtils.getMostSpecificCause(thrown))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith(name + " must have placeholders that can be resolved");
    }
}
