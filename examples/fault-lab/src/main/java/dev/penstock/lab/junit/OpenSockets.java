package dev.penstock.lab.junit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Counts this JVM's sockets as the kernel sees them, whoever opened them. */
public final class OpenSockets {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenSockets() {}

    /** The number of open socket descriptors; empty where there is no /proc. */
    public static OptionalInt count() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return OptionalInt.empty();
        }
        int sockets = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (isSocket(descriptor)) {
                    sockets++;
                }
            }
            return OptionalInt.of(sockets);
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
