package dev.penstock.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the program as its reader would: in a JVM of its own. */
@WithPostgres
class PlainJavaTest {
    private final PostgresServer server;

    PlainJavaTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void printsTheVersionOfTheServer() throws Exception {
        Run run = run(server.password(), server.jdbcUrl(), server.user());
        assertThat(run.output()).contains("PostgreSQL " + server.major());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void printsItsUsage() throws Exception {
        Run run = run("");
        assertThat(run.output()).startsWith("usage: PlainJava <JDBC URL> <user>");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysWhyThereIsNoConnection() throws Exception {
        String nobody = "127.0.0.1:" + Loopback.freePort();
        Run run = run("secret", "jdbc:postgresql://" + nobody + "/app", "app");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains(nobody).contains("refused").doesNotContain("secret");
    }

    @Test
    void givesASilentServerUp() throws Exception {
        try (SilentServer silent = SilentServer.start()) {
            Run run = run("secret", "jdbc:postgresql://127.0.0.1:" + silent.port() + "/app", "app");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).contains("127.0.0.1:" + silent.port()).contains("connect.deadline 5000 ms");
        }
    }

    @Test
    void saysWhatIsWrongWithTheUrl() throws Exception {
        Run run = run("", "jdbc:mysql://127.0.0.1/app", "app");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("jdbcUrl must begin with jdbc:postgresql:");
    }

    private record Run(int exitCode, String output) {}

    private static Run run(String password, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                PlainJava.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
