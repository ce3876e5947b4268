package dev.penstock.spring.ecosystem;

import dev.penstock.lab.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;

/** What Spring Boot does when Docker Compose has started the services of an application, without Docker. */
record RunningCompose(PostgresServer server, String name)
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        SimpleApplicationEventMulticaster listeners = new SimpleApplicationEventMulticaster();
        new SpringApplication().getListeners().forEach(listeners::addApplicationListener);
        listeners.multicastEvent(servicesReady(context));
    }

    private DockerComposeServicesReadyEvent servicesReady(ApplicationContext context) {
        try {
            return BeanUtils.instantiateClass(
                    DockerComposeServicesReadyEvent.class.getDeclaredConstructor(ApplicationContext.class, List.class),
                    context,
                    List.of(new Service(server, name)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Service(PostgresServer server, String name) implements RunningService {
        @Override
        public ImageReference image() {
            return ImageReference.of("postgres:17");
        }

        @Override
        public String host() {
            return server.host();
        }

        @Override
        public ConnectionPorts ports() {
            return new Ports(server.port());
        }

        @Override
        public Map<String, String> env() {
            return Map.of("POSTGRES_DB", server.database(), "POSTGRES_PASSWORD", server.password());
        }

        @Override
        public Map<String, String> labels() {
            return Map.of("org.springframework.boot.jdbc.parameters", "ApplicationName=" + name);
        }
    }

    private record Ports(int port) implements ConnectionPorts {
        @Override
        public int get(int containerPort) {
            return port;
        }

        @Override
        public List<Integer> getAll() {
            return List.of(port);
        }

        @Override
        public List<Integer> getAll(String protocol) {
            return getAll();
        }
    }
}
