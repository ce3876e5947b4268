package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/** The application is processed ahead of time, as Spring Boot's Maven plugin does it, and runs from what that made. */
@WithPostgres
@Tag("once") // it starts a JVM of its own, and shows the same on every JDK
class AotTest {
    @TempDir
    private Path folder;

    @Test
    void thePoolIsOursInGeneratedCodeToo(PostgresServer server) throws IOException {
        Launch launch = Launch.on(server).with("spring.cloud.refresh.enabled", "false"); // it cannot be processed
        process(launch.arguments());
        compile();
        try (ChildJvm jvm = ChildJvm.start(
                List.of(folder("classes").toString(), folder("resources").toString()),
                List.of("-Dspring.aot.enabled=true", "-Dspring.devtools.restart.enabled=false"),
                launch.with("spring.main.keep-alive", "true").arguments())) {
            assertThat(jvm.awaitReady()).isEqualTo(ChildMain.ready(PenstockHikariDataSource.class, true));
            Launched.awaitConnections(server, launch.name(), Launch.POOL_SIZE);
        }
        Launched.awaitConnections(server, launch.name(), 0);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private void process(String... arguments) throws IOException {
        Settings settings = Settings.builder()
                .sourceOutput(folder("sources"))
                .resourceOutput(folder("resources"))
                .classOutput(folder("classes"))
                .groupId("dev.penstock")
                .artifactId("ahead-of-time")
                .build();
        new SpringApplicationAotProcessor(ChildMain.class, settings, arguments).process();
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder("sources"))) {
            List<Path> java =
                    sources.filter(path -> path.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-d",
                    folder("classes").toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                            .call())
                    .isTrue();
        }
    }
}
