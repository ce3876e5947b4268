package dev.penstock.lab.fault;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server that follows a {@link PgScript}, on a port of its own. */
public final class FakePostgres implements AutoCloseable {
    private final FaultProxy proxy;

    private FakePostgres(FaultProxy proxy) {
        this.proxy = proxy;
    }

    /** On a free port of 127.0.0.1. */
    public static FakePostgres start(Behaviour script) {
        return at(Loopback.address(1), Loopback.freePort(), script);
    }

    public static FakePostgres at(InetAddress address, int port, Behaviour script) {
        return new FakePostgres(FaultProxy.alone(address, port, script));
    }

    /** Refuses the first start-ups with an ErrorResponse and passes all later ones on to a real server. */
    public static FakePostgres errorThenProxy(String sqlState, String message, int times, InetSocketAddress target) {
        Behaviour script = Behaviour.times(times, PgScript.error(sqlState, message), Behaviour.pass());
        return new FakePostgres(FaultProxy.to(target).behave(script));
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

    /** The proxy that does the work, for its counters and to change its behaviour. */
    public FaultProxy proxy() {
        return proxy;
    }

    /** How many connections were accepted so far. */
    public int accepted() {
        return proxy.accepted();
    }

    /** How many clients are still there. */
    public int openConnections() {
        return proxy.openConnections();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
