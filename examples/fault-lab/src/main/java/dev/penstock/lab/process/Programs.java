package dev.penstock.lab.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of the machine, also those that an ordinary user's PATH leaves out. */
public final class Programs {
    private Programs() {}

    /** Where a program is; empty when it is not installed. */
    public static Optional<Path> find(String name) {
        return folders()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<String> folders() {
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<String> named = Arrays.stream(path.split(File.pathSeparator, -1)).filter(folder -> !folder.isBlank());
        return Stream.concat(named, Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin", "/opt/homebrew/bin"));
    }

    /** The {@code java} that runs this. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Whether we are root, whom some servers refuse to run as. */
    public static boolean asRoot() {
        return System.getProperty("user.name", "").equals("root");
    }
}
