package dev.penstock.internal.session;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * CONNECTING becomes ESTABLISHED or EXPIRED, once. Whoever loses cleans up.
 *
 * <p>Every raw socket of a session is admitted here before it is connected. Expiry closes all of them,
 * which frees any thread that connects, reads, writes or does a TLS handshake on them, and none can be
 * admitted afterwards: after expiry nothing is opened, so a deadline never causes a second, weaker try.
 * Thread-safe.
 */
public final class HandOver {
    private enum State {
        CONNECTING,
        ESTABLISHED,
        EXPIRED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Puts a socket under the deadline. Registers first and looks again afterwards, so that an expiry in
     * between closes it on one side or the other.
     *
     * <p>Before that it gets its file descriptor: closing a socket that has none only marks it as closed, and
     * a connect that has begun meanwhile would make one and connect it, for nobody to close.
     *
     * @throws SocketException if it is too late; the socket is closed then
     */
    public void admit(Socket socket) throws SocketException {
        int unused = socket.getSoTimeout(); // makes the descriptor
        sockets.add(socket);
        if (expired()) {
            closeQuietly(socket);
            throw new SocketException("connect is over: nothing is opened after its deadline");
        }
    }

    /** The session goes to the caller; false if it has expired and everything is closed. */
    public boolean establish() {
        boolean won = state.compareAndSet(State.CONNECTING, State.ESTABLISHED);
        if (won) {
            sockets.clear();
        }
        return won;
    }

    /** The session is given up: closes every socket; false if it has gone to the caller before. */
    public boolean expire() {
        if (state.compareAndSet(State.CONNECTING, State.EXPIRED)) {
            sockets.forEach(HandOver::closeQuietly);
            return true;
        }
        return expired();
    }

    /** Whether it was given up. */
    public boolean expired() {
        return state.get() == State.EXPIRED;
    }

    /** Whether it has gone to the caller. */
    public boolean established() {
        return state.get() == State.ESTABLISHED;
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException | RuntimeException ignored) {
            // it is gone either way; a user's own socket may throw anything, and others have to be closed after it
        }
    }
}
