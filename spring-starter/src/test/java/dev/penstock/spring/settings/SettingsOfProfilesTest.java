package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** With the files that Spring Boot itself reads. */
class SettingsOfProfilesTest {
    @Configuration(proxyBeanMethods = false)
    static class App {}

    @Test
    void aProfileCountsMoreAndIsTold(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("application.yml"), "penstock:\n  connect.deadline: 5s\n  breaker.failures: 2\n");
        Files.writeString(folder.resolve("application-prod.yml"), "penstock.connect.deadline: 4s\n");

        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run("--spring.config.location=" + folder.toUri(), "--spring.profiles.active=prod")) {
            var config = new PoolSettings(context.getEnvironment()).of("ds", Stream.empty());

            assertThat(config.connect().deadline()).hasSeconds(4);
            assertThat(config.originOf("penstock.connect.deadline")).contains("application-prod.yml] - 1:28");
            assertThat(config.breaker().failures()).isEqualTo(2);
            assertThat(config.originOf("penstock.breaker.failures")).contains("application.yml] - 3:21");
        }
    }
}
