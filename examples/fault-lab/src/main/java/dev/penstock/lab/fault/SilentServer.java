package dev.penstock.lab.fault;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Accepts connections and says nothing: what hangs a driver whose time-outs count from byte to byte. */
public final class SilentServer implements AutoCloseable {
    private final FaultProxy proxy;

    private SilentServer(InetAddress address, int port) {
        proxy = FaultProxy.alone(address, port, Behaviour.silent());
    }

    /** On a free port of 127.0.0.1. */
    public static SilentServer start() {
        return anyPort(Loopback.address(1));
    }

    public static SilentServer anyPort(InetAddress address) {
        return new SilentServer(address, Loopback.freePort());
    }

    public static SilentServer at(InetAddress address, int port) {
        return new SilentServer(address, port);
    }

    public InetAddress address() {
        return proxy.address();
    }

    public int port() {
        return proxy.port();
    }

    public InetSocketAddress socketAddress() {
        return proxy.socketAddress();
    }

    /** How many connections were accepted so far. */
    public int accepted() {
        return proxy.accepted();
    }

    /** How many clients are still there. */
    public int openConnections() {
        return proxy.openConnections();
    }

    /** Waits up to 10 s until that many connections were accepted in all. */
    public void awaitAccepted(int count) {
        proxy.awaitAccepted(count);
    }

    /** Waits up to 10 s until exactly that many connections are open. */
    public void awaitOpenConnections(int count) {
        proxy.awaitOpenConnections(count);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
