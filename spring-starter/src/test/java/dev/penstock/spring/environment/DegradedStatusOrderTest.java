package dev.penstock.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Where the status DEGRADED stands among the others. */
class DegradedStatusOrderTest {
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private static String order(Map<String, Object> defaults, String... arguments) {
        SpringApplication application = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .properties(defaults)
                .build();
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            return context.getEnvironment().getProperty(DegradedStatusOrder.ORDER, "Boot's own");
        }
    }

    @Test
    void whoAsksForTheStatusHasItInTheOrder() {
        assertThat(order(Map.of(), "--penstock.health.degraded-status=true"))
                .isEqualTo("DOWN,OUT_OF_SERVICE,DEGRADED,UP,UNKNOWN");
    }

    @Test
    void withoutThatNothingChanges() {
        assertThat(order(Map.of())).isEqualTo("Boot's own");
        assertThat(order(Map.of(), "--penstock.health.degraded-status=false")).isEqualTo("Boot's own");
    }

    @Test
    void anOrderThatSomebodySetsCountsMore() {
        assertThat(order(
                        Map.of(),
                        "--penstock.health.degraded-status=true",
                        "--management.endpoint.health.status.order=UP,DOWN"))
                .isEqualTo("UP,DOWN");
        assertThat(order(Map.of(DegradedStatusOrder.ORDER, "DEGRADED,UP"), "--penstock.health.degraded-status=true"))
                .isEqualTo("DEGRADED,UP");
    }
}
