package dev.penstock.lab.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** Connects, sends an SSLRequest and tells what came of it: quicker and more exact than a driver's exception. */
final class Probe {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    enum Outcome {
        HUNG_IN_CONNECT,
        REFUSED,
        /** PostgreSQL said 'N', for it speaks no TLS. */
        ANSWERED,
        SILENT,
        CLOSED,
        RESET
    }

    private Probe() {}

    /** Waits this long for each of the connect and the answer. */
    static Outcome of(InetSocketAddress address, int patienceMillis) throws IOException {
        try (Socket socket = new Socket()) {
            try {
                socket.connect(address, patienceMillis);
            } catch (SocketTimeoutException e) {
                return Outcome.HUNG_IN_CONNECT;
            } catch (ConnectException e) {
                return Outcome.REFUSED;
            } catch (SocketException e) {
                return Outcome.RESET; // it came before the connect had returned
            }
            return ask(socket, patienceMillis);
        }
    }

    static Outcome ask(Socket socket, int patienceMillis) throws IOException {
        try {
            socket.getOutputStream().write(SSL_REQUEST);
        } catch (SocketException e) {
            return Outcome.RESET;
        }
        return listen(socket, patienceMillis);
    }

    static Outcome listen(Socket socket, int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        InputStream in = socket.getInputStream();
        try {
            return in.read() < 0 ? Outcome.CLOSED : Outcome.ANSWERED;
        } catch (SocketTimeoutException e) {
            return Outcome.SILENT;
        } catch (SocketException e) {
            return Outcome.RESET;
        }
    }
}
