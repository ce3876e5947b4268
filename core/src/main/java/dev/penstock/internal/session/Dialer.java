package dev.penstock.internal.session;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Opens sockets to the one place that a session is pinned to. Thread-safe. */
public interface Dialer {
    /**
     * A socket, connected unless the driver is to connect it itself (a user's own factory). It is
     * admitted to {@code handOver} before anything blocks on it.
     *
     * @param handOver null for cancel requests, which have their own limit
     * @param limitNanos limit of the TCP connect
     */
    Dialled dial(@Nullable HandOver handOver, long limitNanos) throws IOException;

    /** Whether {@link #dial} connects; if not, there is no TCP phase of ours. */
    boolean connects();

    /**
     * A socket and what is seen on it.
     *
     * @param socket for the driver
     * @param watch what its bytes tell; null where the socket is not ours
     */
    record Dialled(Socket socket, @Nullable Watch watch) {}

    /** What the bytes on a socket of ours tell. */
    record Watch(dev.penstock.internal.socket.StampedSocket socket, WirePhase wire) {}
}
