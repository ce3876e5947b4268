package dev.penstock.replay.connects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A name service for one JVM: {@code -Djdk.net.hosts.file}. Addresses keep their order. */
public record HostsFile(Path path) implements AutoCloseable {

    public static HostsFile of(String host, List<InetAddress> addresses) throws IOException {
        Path path = Files.createTempFile("penstock-replay", ".hosts");
        path.toFile().deleteOnExit(); // for a replay that is broken off
        Files.write(
                path,
                addresses.stream()
                        .map(address -> address.getHostAddress() + " " + host)
                        .toList());
        return new HostsFile(path);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
