package dev.penstock.feature;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real streaming standby of an embedded server, made by a base backup over SQL.
 *
 * <p>A server that is merely set to read-only has the same role in pgjdbc's eyes, but by another parameter: only a
 * standby says {@code in_hot_standby}.
 */
final class HotStandby implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final PostgresServer primary;
    private final int port = Loopback.freePort();
    private final Path directory;
    private @Nullable Process process;
    private final Thread belt = new Thread(this::kill, "lab-standby-belt");

    private HotStandby(PostgresServer primary) throws IOException {
        this.primary = primary;
        this.directory = Files.createTempDirectory("penstock-lab-standby-").resolve("data");
    }

    /** Starts one; ready for connections when it returns. */
    static HotStandby of(PostgresServer primary) throws IOException, SQLException {
        HotStandby standby = new HotStandby(primary);
        Runtime.getRuntime().addShutdownHook(standby.belt);
        try {
            standby.start(standby.backUp());
            Await.until("the standby accepts connections", START_LIMIT, standby::accepts);
            return standby;
        } catch (IOException | SQLException | RuntimeException e) {
            standby.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    private List<String> backUp() throws IOException, SQLException {
        boolean old = primary.major() < 15;
        try (Connection admin = primary.connect()) {
            Path data = Path.of(Connectors.ask(admin, "show data_directory"));
            Connectors.ask(
                    admin,
                    old ? "select pg_start_backup('standby', true, false)" : "select pg_backup_start('s', true)");
            Files.walkFileTree(data, new Copy(data, directory));
            String label = Connectors.ask(
                    admin,
                    old
                            ? "select labelfile from pg_stop_backup(false, false)"
                            : "select labelfile from pg_backup_stop(false)");
            Files.writeString(directory.resolve("backup_label"), label);
            Files.createFile(directory.resolve("standby.signal"));
            Files.writeString(
                    directory.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=" + primary.user()
                            + " password=" + primary.password() + " sslmode=disable'\n",
                    StandardOpenOption.APPEND);
            String program = Files.readString(data.resolve("postmaster.opts")).split(" ", 2)[0];
            return command(program, Connectors.ask(admin, "show max_connections"));
        }
    }

    private List<String> command(String program, String maxConnections) {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name", "").equals("root")) {
            words.addAll(List.of("unshare", "-U")); // the server refuses to run as root
        }
        words.addAll(List.of(program, "-D", directory.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "ssl=off",
                "max_connections=" + maxConnections)) {
            words.addAll(List.of("-c", setting));
        }
        return words;
    }

    private void start(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private Path log() {
        return directory.resolveSibling("server.log");
    }

    private boolean accepts() {
        Process running = process;
        if (running != null && !running.isAlive()) {
            throw new IllegalStateException("the standby ended: " + logText());
        }
        try (Connection connection =
                DriverManager.getConnection(primary.jdbcUrl("127.0.0.1", port), primary.credentials())) {
            return Connectors.ask(connection, "show in_hot_standby").equals("on");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void kill() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> family = new ArrayList<>(running.descendants().toList());
            running.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            running.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
            Files.walkFileTree(directory.getParent(), new Delete());
        } catch (IllegalStateException goingDown) {
            // the belt does the rest
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        private Path image(Path path) {
            return to.resolve(from.relativize(path).toString());
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
            Files.copy(path, image(path), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.getFileName().toString().startsWith("postmaster.")) {
                try {
                    Files.copy(file, image(file), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException goneMeanwhile) {
                    return FileVisitResult.CONTINUE; // the write-ahead log tells what became of it
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Delete extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(path);
            return FileVisitResult.CONTINUE;
        }
    }
}
