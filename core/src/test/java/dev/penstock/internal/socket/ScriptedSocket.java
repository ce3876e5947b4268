package dev.penstock.internal.socket;

import dev.penstock.internal.time.Ticker;
import java.io.UncheckedIOException;
import java.net.SocketException;

/** A socket on which a test says what happens, without a network: for tests of what looks at it. */
public final class ScriptedSocket {
    private final StampedSocket socket;

    /** Unconnected. */
    public ScriptedSocket(Ticker ticker) {
        this.socket = new StampedSocket(ticker, null);
    }

    /** For a session. */
    public StampedSocket socket() {
        return socket;
    }

    /** The driver has sent something, and waits for the answer. */
    public void asks() {
        try {
            socket.stamps.writeBegins();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        socket.stamps.writeEnds();
        socket.stamps.readBegins();
    }

    /** The answer is complete. */
    public void answers() {
        socket.stamps.heard(true);
    }
}
