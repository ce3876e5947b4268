package dev.penstock.internal.socket;

import dev.penstock.internal.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A stamped socket and what it is connected to, over loopback. */
record Pair(StampedSocket ours, Socket theirs) implements AutoCloseable {
    static Pair connect(Ticker ticker, Traffic traffic) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StampedSocket ours = new StampedSocket(ticker, traffic);
            ours.connect(server.getLocalSocketAddress(), 10_000);
            return new Pair(ours, server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        ours.close();
        theirs.close();
    }
}
