package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.Credentials;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;
import org.slf4j.Logger;

/** Applications of which the system class loader sees nothing: executable jars, web applications. */
@WithPostgres
@NoLeftovers
@Tag("driver")
class ClassLoaderTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final PostgresServer server;

    ClassLoaderTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void back() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void theUsersCodeRunsWithTheContextClassLoaderOfTheCaller() throws Exception {
        Map<String, ClassLoader> seen = new ConcurrentHashMap<>();
        try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(application);
            PenstockConnector connector = Connectors.over(
                    server.jdbcUrl("db.penstock.test", server.port()),
                    new Properties(),
                    connect -> connect.credentials(() -> {
                                seen.put("credentials", contextLoader());
                                return new Credentials(server.user(), server.password());
                            })
                            .resolver(host -> {
                                seen.put("resolver", contextLoader());
                                return List.of(InetAddress.getLoopbackAddress());
                            }));

            assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");
        }
        assertThat(seen.keySet()).containsExactlyInAnyOrder("credentials", "resolver");
        assertThat(seen.values()).allMatch(loader -> loader instanceof URLClassLoader && loader != before);
    }

    private static ClassLoader contextLoader() {
        return Thread.currentThread().getContextClassLoader();
    }

    /** The driver in the server's library folder, Penstock in the web application's. */
    @Test
    void theDriverMayLieInAParentLoaderThatDoesNotSeePenstock() throws Exception {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader container = new URLClassLoader(new URL[] {jarOf(Driver.class)}, platform);
                URLClassLoader application = new URLClassLoader(
                        new URL[] {
                            jarOf(PenstockConnector.class),
                            jarOf(CircuitBreaker.class),
                            jarOf(IntervalFunction.class),
                            jarOf(Logger.class),
                            jarOf(NullMarked.class)
                        },
                        container)) {
            Thread.currentThread().setContextClassLoader(application);

            try (AutoCloseable connector = connectorOf(application);
                    Connection connection = ((DataSource) connector).getConnection()) {
                assertThat(connector.getClass().getClassLoader()).isSameAs(application);
                assertThat(connection.getClass().getClassLoader()).isSameAs(container);
                assertThat(Connectors.ask(connection, "select 1")).isEqualTo("1");
            }
        }
    }

    private AutoCloseable connectorOf(ClassLoader application) throws ReflectiveOperationException {
        Class<?> type = application.loadClass(PenstockConnector.class.getName());
        Object builder = type.getMethod("builder", String.class).invoke(null, server.jdbcUrl());
        builder.getClass().getMethod("properties", Properties.class).invoke(builder, server.credentials());
        return (AutoCloseable) builder.getClass().getMethod("build").invoke(builder);
    }

    private static URL jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
