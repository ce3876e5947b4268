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
        socket.stamps.writeEnds(1);
        socket.stamps.readBegins();
    }

    /** The answer is complete, and says of the transaction what the driver says by now. */
    public void answers() {
        socket.stamps.heard(socket.stamps.asked() ? ReadyForQuery.IN_TRANSACTION : ReadyForQuery.IDLE);
    }

    // ---- the same in small steps ----------------------------------------------------------------

    /** There is no room to send: who sends waits. */
    public void beginsToSend() {
        try {
            socket.stamps.writeBegins();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There was: a whole buffer is on its way. */
    public void hasSent() {
        socket.stamps.writeEnds(Stamps.A_WHOLE_BUFFER);
    }

    /** Who reads waits. */
    public void reads() {
        socket.stamps.readBegins();
    }

    /** Some of the answer has come. */
    public void hears() {
        socket.stamps.heard(ReadyForQuery.NONE);
    }

    /** Nothing has come in time. */
    public void hearsNothing() {
        socket.stamps.heardNothing(true);
    }

    /** As the driver does before it waits for notifications. */
    public void limitsReads() {
        socket.stamps.readTimeoutSet();
    }
}
