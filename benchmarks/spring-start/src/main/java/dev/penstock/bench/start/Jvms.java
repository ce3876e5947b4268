package dev.penstock.bench.start;

import dev.penstock.bench.start.app.SmallApplication;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * JVMs that start the application, one at a time.
 *
 * @param classPath of this JVM, with the starter
 */
record Jvms(PostgresServer server, String classPath) {
    private static final long LIMIT_SECONDS = 120;
    private static final String WELL = "with 0";

    Start start(Side side) throws IOException, InterruptedException {
        Path said = Files.createTempFile("penstock-start", ".txt");
        try {
            String end = end(side, said);
            String output = Files.readString(said);
            return output.lines()
                    .filter(line -> end.equals(WELL) && line.startsWith(SmallApplication.READY))
                    .map(Start::parse)
                    .filter(start -> start.pool().equals(side.pool()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            side + ": the application ended " + end + " and said:\n" + output));
        } finally {
            Files.delete(said);
        }
    }

    /** How it ended; what it says goes into the file, so that nobody reads for ever from one that hangs. */
    private String end(Side side, Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(side))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            process.getOutputStream().close();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)
                    ? "with " + process.exitValue()
                    : "not within " + LIMIT_SECONDS + " s";
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
