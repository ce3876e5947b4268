package dev.penstock.spring.ecosystem;

import dev.penstock.lab.postgres.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;

/**
 * Starts an application on a PostgreSQL, whose connections carry a name of their own, so that they can be counted.
 * Migration tools and JPA are off until a test wants them.
 */
final class Launch {
    /** Connections of each pool, all of which it opens. */
    static final int POOL_SIZE = 2;

    private static final String NOT_JPA =
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration";
    private static final AtomicInteger LAUNCHES = new AtomicInteger();

    private final String name = "ecosystem-" + LAUNCHES.incrementAndGet();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final PostgresServer server;
    private final SpringApplication application;

    private Launch(PostgresServer server, Class<?>... sources) {
        this.server = server;
        this.application = new SpringApplication(PlainApplication.class);
        for (Class<?> source : sources) {
            application.getSources().add(source.getName());
        }
        with("spring.main.web-application-type", "none");
        with("spring.main.banner-mode", "off");
        with("spring.main.log-startup-info", "false");
        with("spring.autoconfigure.exclude", NOT_JPA);
        with("spring.docker.compose.enabled", "false");
        with("spring.flyway.enabled", "false");
        with("spring.liquibase.enabled", "false");
    }

    /** An application that knows of no PostgreSQL yet. */
    static Launch bare(PostgresServer server, Class<?>... sources) {
        return new Launch(server, sources);
    }

    /** An application with {@code spring.datasource.url} and what belongs to it. */
    static Launch on(PostgresServer server, Class<?>... sources) {
        Launch launch = bare(server, sources);
        return launch.withDataSource("spring.datasource", launch.url())
                .with("spring.datasource.hikari.maximum-pool-size", Integer.toString(POOL_SIZE));
    }

    /** Of the server, with the name that the connections of this application carry. */
    String url() {
        return server.jdbcUrl() + "?ApplicationName=" + name;
    }

    Launch withDataSource(String prefix, String url) {
        return with(prefix + ".url", url)
                .with(prefix + ".username", server.user())
                .with(prefix + ".password", server.password());
    }

    Launch with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    Launch withJpa() {
        return with("spring.autoconfigure.exclude", "");
    }

    /** For what belongs to an application before its context is there. */
    SpringApplication application() {
        return application;
    }

    /** The same as a list of arguments, for a JVM of its own. */
    String[] arguments() {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    String name() {
        return name;
    }

    Launched start() {
        return new Launched(name, server, application.run(arguments()));
    }
}
