package dev.penstock.internal.session;

import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Dials one fixed address. An unresolved one goes through the JDK's SOCKS proxy, which resolves it.
 *
 * @param target address and port
 * @param localAddress local address to bind to, null for any
 * @param ticker stamps the socket
 */
public record PinnedDialer(
        InetSocketAddress target, @Nullable String localAddress, Ticker ticker) implements Dialer {
    @Override
    public Dialled dial(@Nullable HandOver handOver, long limitNanos) throws IOException {
        WirePhase wire = new WirePhase();
        StampedSocket socket = new StampedSocket(ticker, wire);
        try {
            if (handOver != null) {
                handOver.admit(socket);
            }
            if (localAddress != null) {
                bind(socket, localAddress);
            }
            socket.connect(target, millis(limitNanos));
            return new Dialled(socket, new Watch(socket, wire));
        } catch (IOException | RuntimeException e) {
            HandOver.closeQuietly(socket);
            throw e;
        }
    }

    /** The JDK's own words name neither the address nor the setting. */
    private static void bind(Socket socket, String localAddress) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(localAddress), 0));
        } catch (IOException e) {
            throw new IOException(
                    "localSocketAddress must be an address of this machine, but was " + localAddress + " ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    @Override
    public boolean connects() {
        return true;
    }

    /**
     * Never too short, so that what runs into the deadline is ended by the deadline: rounded up, and one more
     * because the JDK comes back up to 0.2 ms early (poll, JDK 17 and 25). To {@link Socket#connect}, 0 would
     * mean for ever.
     */
    private static int millis(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos) + 999_999) + 1;
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
