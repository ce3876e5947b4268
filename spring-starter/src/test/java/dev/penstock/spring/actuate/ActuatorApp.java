package dev.penstock.spring.actuate;

import dev.penstock.PenstockControl;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A web application with the actuator on a port of its own, and a client of it. */
final class ActuatorApp implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final String root;

    /** Only what it takes: an application has either Flyway or Liquibase, and has set them up. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration"
            })
    static class Application {}

    /** An answer. */
    record Answer(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    private ActuatorApp(ConfigurableApplicationContext context) {
        this.context = context;
        this.root = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/actuator/";
    }

    /** Over this URL, with further properties, each as {@code name=value}. */
    static ActuatorApp over(String jdbcUrl, PostgresServer server, String... properties) {
        return over(jdbcUrl, server, new Class<?>[0], properties);
    }

    /** The same, with further configuration. */
    static ActuatorApp over(String jdbcUrl, PostgresServer server, Class<?>[] more, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--spring.docker.compose.enabled=false",
                "--spring.devtools.restart.enabled=false",
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + server.user(),
                "--spring.datasource.password=" + server.password(),
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--management.health.db.enabled=false"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class);
        return new ActuatorApp(application.sources(more).run(arguments.toArray(String[]::new)));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    DataSource dataSource() {
        return context.getBean("dataSource", DataSource.class);
    }

    PenstockPools pools() {
        return context.getBean(PenstockPools.class);
    }

    PenstockControl control() {
        return pools().require("dataSource").control();
    }

    /** What is read below {@code /actuator/}. */
    Answer get(String path) {
        return exchange("GET", path, null);
    }

    /** What a write of this body is answered. */
    Answer post(String path, String json) {
        return exchange("POST", path, json);
    }

    private Answer exchange(String method, String path, @Nullable String body) {
        try {
            HttpURLConnection http =
                    (HttpURLConnection) URI.create(root + path).toURL().openConnection();
            http.setRequestMethod(method);
            http.setRequestProperty("Accept", "application/json");
            if (body != null) {
                http.setDoOutput(true);
                http.setRequestProperty("Content-Type", "application/json");
                http.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = http.getResponseCode();
            try (InputStream in = status < 400 ? http.getInputStream() : http.getErrorStream()) {
                return new Answer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
