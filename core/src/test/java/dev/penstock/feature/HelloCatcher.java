package dev.penstock.feature;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that reads one TLS ClientHello, after a request for TLS if there is one, and hangs up. */
final class HelloCatcher implements AutoCloseable {
    private static final int HANDSHAKE = 22;

    private final ServerSocket listener;
    private final CompletableFuture<String> hello;

    private HelloCatcher(ServerSocket listener) {
        this.listener = listener;
        this.hello = CompletableFuture.supplyAsync(this::catchOne);
    }

    static HelloCatcher at(InetAddress address, int port) throws IOException {
        return new HelloCatcher(new ServerSocket(port, 5, address));
    }

    private String catchOne() {
        try (Socket client = listener.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int first = in.read();
            if (first != HANDSHAKE) {
                in.readNBytes(7);
                client.getOutputStream().write('S');
                in.readByte();
            }
            in.readShort();
            return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The ClientHello, one character per byte: names stand in it in plain text. */
    String hello() throws Exception {
        return hello.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
