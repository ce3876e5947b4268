package dev.penstock.bench.start;

import dev.penstock.bench.start.app.SmallApplication;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * JVMs that start the application, one at a time.
 *
 * @param classPath of this JVM, with the starter
 */
record Jvms(PostgresServer server, String classPath) {
    Start start(Side side) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command(side)).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            return output.lines()
                    .filter(line -> exit == 0 && line.startsWith(SmallApplication.READY))
                    .map(Start::parse)
                    .filter(start -> start.pool().equals(side.pool()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            side + ": the application ended with " + exit + " and said:\n" + output));
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Side side) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                side.classPath(classPath),
                SmallApplication.class.getName(),
                "--spring.datasource.url=" + server.jdbcUrl(),
                "--spring.datasource.username=" + server.user(),
                "--spring.datasource.password=" + server.password());
    }
}
