package dev.penstock.lab.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which engine runs the server, chosen by {@value #PROPERTY}.
 *
 * <p>A forced engine that cannot be had is an error, never a skipped test. Whether Docker is there is asked of its
 * socket first, so that nothing of Testcontainers is loaded on a machine that has none.
 */
enum PostgresMode {
    AUTO,
    EMBEDDED,
    DOCKER;

    static final String PROPERTY = "penstock.test.postgres";

    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    static PostgresMode fromSystemProperty() {
        return parse(System.getProperty(PROPERTY, "auto"));
    }

    static PostgresMode parse(String value) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "-D" + PROPERTY + " must be docker, embedded or auto, but was " + value));
    }

    PostgresEngine start(PostgresPlan plan) {
        return switch (this) {
            case EMBEDDED -> EmbeddedEngine.start(plan);
            case DOCKER -> {
                requireDocker();
                yield DockerEngine.start(plan);
            }
            case AUTO -> dockerAnswers() ? DockerEngine.start(plan) : EmbeddedEngine.start(plan);
        };
    }

    private static void requireDocker() {
        if (!testcontainersPresent()) {
            throw new IllegalStateException("-D" + PROPERTY
                    + "=docker needs org.testcontainers:testcontainers-postgresql on the class path, which is missing");
        }
        if (!dockerAnswers()) {
            throw new IllegalStateException("-D" + PROPERTY + "=docker, but no Docker engine answers (DOCKER_HOST is "
                    + System.getenv("DOCKER_HOST") + ", " + SOCKET
                    + (Files.exists(SOCKET) ? " exists" : " does not exist") + "). Start one, or use -D" + PROPERTY
                    + "=embedded");
        }
    }

    static boolean dockerAnswers() {
        boolean hinted = System.getenv("DOCKER_HOST") != null || Files.exists(SOCKET);
        return hinted && testcontainersPresent() && DockerEngine.available();
    }

    private static boolean testcontainersPresent() {
        String witness = "/org/testcontainers/postgresql/PostgreSQLContainer.class";
        return PostgresMode.class.getResource(witness) != null;
    }
}
