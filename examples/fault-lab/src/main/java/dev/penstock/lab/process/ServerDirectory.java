package dev.penstock.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One temporary directory for everything that a server or a certificate authority leaves on disk. */
public record ServerDirectory(Path root) implements AutoCloseable {
    private static final int TAIL_LINES = 20;

    public static ServerDirectory create(String purpose) {
        try {
            return new ServerDirectory(Files.createTempDirectory("penstock-lab-" + purpose + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /** Writes a file that only its owner may read: PostgreSQL refuses any other key. */
    public Path writePrivate(String name, String content) {
        try {
            Path file = file(name);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of a log, or a remark that there is none; never an error of its own. */
    public String tail(String name) {
        try {
            List<String> lines = Files.readAllLines(file(name), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(root, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root, e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // a file that a dying server removed under our feet
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
