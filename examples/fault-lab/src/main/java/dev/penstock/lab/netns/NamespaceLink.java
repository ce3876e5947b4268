package dev.penstock.lab.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which network namespace a process is in: {@code net:[4026531840]}. */
final class NamespaceLink {
    private NamespaceLink() {}

    static String own() {
        try {
            return read("self");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the process is gone, or not ours to look at. */
    static Optional<String> of(ProcessHandle process) {
        try {
            return Optional.of(read(Long.toString(process.pid())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Path file(String process) {
        return Path.of("/proc", process, "ns", "net");
    }

    private static String read(String process) throws IOException {
        return Files.readSymbolicLink(file(process)).toString();
    }
}
