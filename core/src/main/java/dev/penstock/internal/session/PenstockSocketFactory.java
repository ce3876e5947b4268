package dev.penstock.internal.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Properties;
import javax.net.SocketFactory;
import org.postgresql.PGProperty;

/**
 * What pgjdbc knows of Penstock: one instance per session, made by class name, kept by the driver for
 * the session's life. It hands out the connected socket first, later the sockets for SSL/GSS reconnects
 * and cancel requests, all to the same pinned address.
 */
public final class PenstockSocketFactory extends SocketFactory {
    private final SocketSource source;

    /**
     * Called by pgjdbc, which looks for this constructor first and pays for an exception if it has to look
     * for another; the ticket is the value of {@code socketFactoryArg}.
     */
    public PenstockSocketFactory(Properties properties) {
        String ticket = PGProperty.SOCKET_FACTORY_ARG.getOrDefault(properties);
        this.source = SocketTickets.redeem(ticket == null ? "" : ticket);
    }

    @Override
    public Socket createSocket() throws IOException {
        return source.next();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw unsupported();
    }

    private static SocketException unsupported() {
        return new SocketException("the address of a Penstock session is pinned: use createSocket()");
    }
}
