package dev.penstock.lab.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listening socket whose accept queue is full, so that the kernel drops every further SYN.
 *
 * <p>That is what a client sees of an address behind a dead route or a firewall that drops: no answer at all. It needs
 * neither privileges nor a network namespace. Whether the queue is really full is found out by connecting, because
 * kernels round the backlog differently.
 */
final class FilledQueue implements AutoCloseable {
    private static final int BACKLOG = 1;
    private static final int PROBE_MILLIS = 100;
    private static final int MAX_FILLERS = 16;

    private final ServerSocket listener;
    private final List<Socket> fillers = new ArrayList<>();

    FilledQueue(InetAddress address, int port) throws IOException {
        listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(address, port), BACKLOG);
            fill();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void fill() throws IOException {
        while (fillers.size() <= MAX_FILLERS) {
            Socket filler = new Socket();
            try {
                filler.connect(listener.getLocalSocketAddress(), PROBE_MILLIS);
                fillers.add(filler);
            } catch (SocketTimeoutException hung) {
                filler.close();
                return;
            }
        }
        throw new IOException("This kernel answers on " + listener.getLocalSocketAddress() + " even with " + MAX_FILLERS
                + " connections waiting: no black hole can be made this way");
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close(); // first, so that nobody slips into the queue when a filler leaves it
        for (Socket filler : fillers) {
            filler.close();
        }
    }
}
