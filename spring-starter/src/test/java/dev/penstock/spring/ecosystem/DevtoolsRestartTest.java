package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A developer changes something, and the application starts again in the same JVM, with a class loader of its own. */
@WithPostgres
@Tag("once") // it starts a JVM of its own, and shows the same on every JDK
class DevtoolsRestartTest {
    private static final String TRIGGER = "restart.trigger";

    @Test
    void eachRestartClosesThePoolBefore(PostgresServer server, @TempDir Path watched) throws IOException {
        Launch launch = Launch.on(server)
                .with("spring.main.keep-alive", "true")
                .with("spring.devtools.restart.trigger-file", TRIGGER)
                .with("spring.devtools.restart.additional-paths", watched.toString())
                .with("spring.devtools.restart.poll-interval", "200ms")
                .with("spring.devtools.restart.quiet-period", "100ms")
                .with("spring.devtools.livereload.enabled", "false");
        try (ChildJvm jvm = ChildJvm.start(List.of(), List.of(), launch.arguments())) {
            isReady(jvm, launch, server);
            for (String change : List.of("one", "one more")) {
                Files.writeString(watched.resolve("something.properties"), change);
                Files.writeString(watched.resolve(TRIGGER), change); // both: neither alone is a reason to restart
                isReady(jvm, launch, server);
            }
        }
        Launched.awaitConnections(server, launch.name(), 0);
    }

    private static void isReady(ChildJvm jvm, Launch launch, PostgresServer server) throws IOException {
        assertThat(jvm.awaitReady()).isEqualTo(ChildMain.ready(PenstockHikariDataSource.class, false));
        Launched.awaitConnections(server, launch.name(), Launch.POOL_SIZE);
    }
}
