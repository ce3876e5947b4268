package dev.penstock.lab.socks;

import dev.penstock.lab.fault.Loopback;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS 5 proxy without authentication (RFC 1928, CONNECT only), which looks names up in a map.
 *
 * <p>Behind such a proxy only the proxy knows names; a client that resolves them itself is mistaken, and this one tells
 * it apart: {@link #requested()} holds what the client asked for, word by word.
 */
public final class SocksProxy implements AutoCloseable {
    private static final int VERSION = 5;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int SUCCEEDED = 0;
    private static final int HOST_UNREACHABLE = 4;

    private final ServerSocket listener;
    private final Map<String, InetAddress> names;
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private SocksProxy(Map<String, InetAddress> names) {
        this.names = Map.copyOf(names);
        try {
            listener = new ServerSocket(Loopback.freePort(), 50, Loopback.address(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one on a free port of 127.0.0.1 that knows these names and address literals, and no others. */
    public static SocksProxy start(Map<String, InetAddress> names) {
        SocksProxy proxy = new SocksProxy(names);
        proxy.spawn(proxy::acceptAll);
        return proxy;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void spawn(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // Either side left, or the proxy was closed: the thread is done.
                    }
                },
                "lab-socks-" + port());
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            spawn(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket()) {
            sockets.add(server);
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            greet(in, out);
            InetSocketAddress target = readRequest(in);
            if (target.isUnresolved()) {
                reply(out, HOST_UNREACHABLE);
                return;
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target, 5_000);
            reply(out, SUCCEEDED);
            spawn(() -> {
                server.getInputStream().transferTo(out);
                client.shutdownOutput();
            });
            long ignored = in.transferTo(server.getOutputStream());
        } finally {
            sockets.removeIf(Socket::isClosed);
        }
    }

    private static void greet(DataInputStream in, OutputStream out) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("expected SOCKS 5, but was " + version);
        }
        in.readNBytes(in.readUnsignedByte());
        out.write(new byte[] {VERSION, 0});
    }

    private InetSocketAddress readRequest(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        int command = in.readUnsignedByte();
        in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        if (command != CONNECT) {
            throw new IOException("expected CONNECT, but was " + command);
        }
        InetAddress literal = switch (kind) {
            case IPV4 -> InetAddress.getByAddress(in.readNBytes(4));
            case IPV6 -> InetAddress.getByAddress(in.readNBytes(16));
            case NAME -> null;
            default -> throw new IOException("expected a kind of address, but was " + kind);
        };
        String host = literal != null ? literal.getHostAddress() : readName(in);
        int port = in.readUnsignedShort();
        requested.add(host + ":" + port);
        InetAddress address = literal != null ? literal : names.get(host);
        return address == null ? InetSocketAddress.createUnresolved(host, port) : new InetSocketAddress(address, port);
    }

    private static String readName(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    }

    private static void reply(OutputStream out, int status) throws IOException {
        out.write(new byte[] {VERSION, (byte) status, 0, 1, 0, 0, 0, 0, 0, 0});
    }

    public InetAddress address() {
        return listener.getInetAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What clients asked for, as {@code host:port}, in order. */
    public List<String> requested() {
        return List.copyOf(requested);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
