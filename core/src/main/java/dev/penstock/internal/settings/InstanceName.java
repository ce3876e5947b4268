package dev.penstock.internal.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What tells this JVM from its like on other machines. Found without a look-up, which could hang. */
public final class InstanceName {
    /** Linux keeps it there, in a container that of the container. */
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    /** The host's name as the environment or the system tells it, else the process id. */
    public static final String OF_THIS_JVM = of(
            System.getenv("HOSTNAME"),
            System.getenv("COMPUTERNAME"),
            kernels(),
            ProcessHandle.current().pid());

    private InstanceName() {}

    /** The first that says something; {@code COMPUTERNAME} is Windows'. */
    static String of(@Nullable String hostname, @Nullable String computerName, @Nullable String kernels, long pid) {
        for (String name : new @Nullable String[] {hostname, computerName, kernels}) {
            if (name != null && !name.isBlank()) {
                return name.strip();
            }
        }
        return "pid-" + pid;
    }

    private static @Nullable String kernels() {
        try {
            return Files.isReadable(LINUX) ? Files.readString(LINUX) : null;
        } catch (IOException | RuntimeException e) {
            return null; // the process id will do
        }
    }
}
