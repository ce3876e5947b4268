package dev.penstock.lab.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address and port, and how it meets a SYN. The port stays ours whatever the answer is.
 *
 * <p>Not thread-safe: its proxy guards it.
 */
final class ListeningPort implements AutoCloseable {

    /** What the kernel does with a connect. */
    enum Answer {
        /** Completes the handshake. */
        ACCEPT,
        /** Resets at once: bound, but not listening (ECONNREFUSED). */
        REFUSE,
        /** Says nothing: listening with a full queue. */
        DROP
    }

    /** Receives accepted connections, one after the other, on the accepting thread. */
    interface Reception {
        void admit(Socket client) throws InterruptedException;
    }

    private static final int BACKLOG = 512;

    private final InetSocketAddress address;
    private final Reception reception;
    private @Nullable Answer answer;
    private @Nullable AutoCloseable held;
    private @Nullable Thread acceptor;

    ListeningPort(InetAddress address, int port, Reception reception) {
        this.address = new InetSocketAddress(address, port);
        this.reception = reception;
    }

    /** Changes the answer; connections that were accepted before are not concerned. */
    void answer(Answer wanted) throws IOException {
        if (wanted == answer) {
            return;
        }
        close();
        switch (wanted) {
            case ACCEPT -> accept();
            case REFUSE -> refuse();
            case DROP -> held = new FilledQueue(address.getAddress(), address.getPort());
        }
        answer = wanted;
    }

    private void accept() throws IOException {
        ServerSocket listener = new ServerSocket();
        held = listener;
        listener.setReuseAddress(true);
        listener.bind(address, BACKLOG);
        acceptor = Daemons.start("proxy-" + address.getPort() + "-accept", () -> acceptFrom(listener));
    }

    private void refuse() throws IOException {
        Socket reservation = new Socket();
        held = reservation;
        reservation.setReuseAddress(true);
        reservation.bind(address);
    }

    private void acceptFrom(ServerSocket listener) {
        try {
            while (true) {
                reception.admit(listener.accept());
            }
        } catch (IOException closed) {
            // Closed by us: the thread is done.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The kernel keeps the port for as long as a thread is inside accept(), hence the waiting for that thread. */
    @Override
    public void close() throws IOException {
        AutoCloseable old = held;
        Thread accepting = acceptor;
        answer = null;
        held = null;
        acceptor = null;
        try {
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        if (accepting != null) {
            accepting.interrupt();
            Daemons.join(List.of(accepting));
        }
    }
}
