package dev.penstock.tools.outage;

import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A name with two addresses, both well, of which the first one dies. The name is known to the cell's JVM only, by a
 * hosts file of its own, so that every pool looks it up the way it always does.
 */
final class TwoAddressStage implements Stage {
    /** The addresses, in the order of the hosts file. */
    static final List<InetAddress> ADDRESSES = Loopback.addresses(2, 3);

    private static final String HOST = "db.penstock.test";

    private final PostgresServer server;
    private final FaultProxy first;
    private final FaultProxy second;
    private final Path hosts;

    TwoAddressStage(PostgresServer server) {
        this.server = server;
        this.hosts = hostsFile();
        int port = Loopback.freePort();
        this.first = FaultProxy.at(ADDRESSES.get(0), port, server.address());
        this.second = FaultProxy.at(ADDRESSES.get(1), port, server.address());
    }

    private static Path hostsFile() {
        try {
            Path file = Files.createTempFile("penstock-outage-", ".hosts");
            return Files.write(
                    file,
                    ADDRESSES.stream()
                            .map(address -> address.getHostAddress() + " " + HOST)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Target target() {
        return Stage.target(server, HOST, first.port());
    }

    @Override
    public List<String> jvmOptions() {
        return List.of("-Djdk.net.hosts.file=" + hosts);
    }

    @Override
    public void begin() {
        first.behave(Behaviour.blackHole());
        first.stallOpen();
    }

    @Override
    public void heal(Runnable healed) {
        healed.run();
        first.behave(Behaviour.pass());
        first.resetOpen();
    }

    @Override
    public void close() {
        first.close();
        second.close();
        try {
            Files.deleteIfExists(hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
