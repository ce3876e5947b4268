package dev.penstock.bench.start;

import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockAutoConfiguration;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.EventConsumer;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** With the starter on the class path, or without it and all that it brings. */
enum Side {
    WITHOUT("HikariDataSource"),
    WITH("PenstockHikariDataSource");

    private final String pool;

    Side(String pool) {
        this.pool = pool;
    }

    /** Simple name of the class of its DataSource: whether it is the side that it says it is. */
    String pool() {
        return pool;
    }

    /** The whole class path, or what is left of it. */
    String classPath(String whole) {
        if (this == WITH) {
            return whole;
        }
        Set<Path> brought = brought();
        List<String> rest = Arrays.stream(whole.split(File.pathSeparator))
                .filter(entry -> !brought.contains(Path.of(entry).toAbsolutePath()))
                .toList();
        return String.join(File.pathSeparator, rest);
    }

    private static Set<Path> brought() {
        return Stream.of(
                        PenstockAutoConfiguration.class,
                        PenstockHikariDataSource.class,
                        PenstockConfig.class,
                        CircuitBreaker.class,
                        EventConsumer.class)
                .map(Side::home)
                .collect(Collectors.toSet());
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not on a class path: " + type, e);
        }
    }
}
