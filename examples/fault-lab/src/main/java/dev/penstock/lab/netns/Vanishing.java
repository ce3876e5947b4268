package dev.penstock.lab.netns;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The network of a {@link VanishingCase}: loopback only, all its own.
 *
 * <p>Each rule takes some 10 ms to come into force and is in force when the call returns. Thread-safe.
 */
public final class Vanishing implements AutoCloseable {
    private final Path values;
    private final Packets packets;
    private @Nullable PostgresServer server; // guarded by this

    private Vanishing(Path values, Packets packets) {
        this.values = values;
        this.packets = packets;
    }

    /** Refuses to work where its rules would be those of the machine. */
    static Vanishing enter(String outside, Path values) {
        String inside = NamespaceLink.own();
        if (inside.equals(outside)) {
            throw new IllegalStateException("This is no network namespace of its own: " + inside);
        }
        Path ip = Programs.find("ip").orElseThrow(() -> new IllegalStateException("ip is missing"));
        Command.read(ip.toString(), "link", "set", "lo", "up");
        return new Vanishing(values, Packets.prepare());
    }

    /** From now on the port's packets vanish, in both directions, and so do those of its established connections. */
    public void drop(int port) {
        packets.drop(port);
    }

    /** From now on new connections to the port hang, cancel requests too; established ones go on. */
    public void dropNew(int port) {
        packets.dropNew(port);
    }

    /**
     * All packets pass again. What was lost is sent again by the kernels, about as long after its first sending as that
     * is ago now.
     */
    public void pass() {
        packets.pass();
    }

    /** How many packets vanished so far. */
    public long dropped() {
        return packets.dropped();
    }

    /** A server with the default settings, started by the first call and closed at the end. */
    public synchronized PostgresServer server() {
        if (server == null) {
            server = PostgresServer.start();
        }
        return server;
    }

    /** Hands a figure to the test outside; see {@link NetworkNamespace.Outcome#values()}. */
    public synchronized void report(String name, Object value) {
        try {
            Files.writeString(values, name + "=" + value + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        packets.pass();
        if (server != null) {
            server.close();
        }
    }
}
