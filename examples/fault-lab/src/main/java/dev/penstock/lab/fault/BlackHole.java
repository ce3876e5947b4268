package dev.penstock.lab.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address that never answers: a connect to it hangs until its own timeout.
 *
 * <p>Verified when created, by a connect that did hang. Thread-safe.
 */
public final class BlackHole implements AutoCloseable {
    private final InetAddress address;
    private final int port;
    private @Nullable FilledQueue queue; // guarded by this; null once healed or closed
    private @Nullable FaultProxy healed; // guarded by this

    private BlackHole(InetAddress address, int port) {
        this.address = address;
        try {
            this.queue = new FilledQueue(address, port);
            this.port = queue.port();
        } catch (IOException e) {
            throw new UncheckedIOException("No black hole at " + address + ":" + port, e);
        }
    }

    /** Swallows all connects to one port of one address. */
    public static BlackHole at(InetAddress address, int port) {
        return new BlackHole(address, port);
    }

    /** The same on a port that is free on all addresses. */
    public static BlackHole anyPort(InetAddress address) {
        return new BlackHole(address, Loopback.freePort());
    }

    public InetAddress address() {
        return address;
    }

    public int port() {
        return port;
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    /**
     * Ends the outage: from now on connects reach {@code target}. Those that hang get through when their kernel repeats
     * the SYN (after 1, 3, 7 … seconds of hanging).
     *
     * @return the proxy that stands here now, closed together with this black hole
     */
    public synchronized FaultProxy heal(InetSocketAddress target) {
        if (queue == null) {
            throw new IllegalStateException("This black hole was healed or closed before");
        }
        closeQueue();
        healed = FaultProxy.at(address, port, target);
        return healed;
    }

    @Override
    public synchronized void close() {
        closeQueue();
        if (healed != null) {
            healed.close();
        }
    }

    private void closeQueue() {
        try {
            if (queue != null) {
                queue.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            queue = null;
        }
    }

    @Override
    public String toString() {
        return "black hole at " + address.getHostAddress() + ":" + port;
    }
}
