package dev.penstock.replay.pools;

import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;

/** A side with its own way to the server, which can be cut. Used by one thread. */
public final class ProxiedSide implements AutoCloseable {
    private final FaultProxy proxy;
    private final Side side;

    private ProxiedSide(FaultProxy proxy, Side side) {
        this.proxy = proxy;
        this.side = side;
    }

    /** As {@link Side#open}, through a proxy. */
    public static ProxiedSide open(PostgresServer server, Pools.Kind kind, int borrowers) {
        FaultProxy proxy = FaultProxy.to(server.address());
        try {
            String url = server.jdbcUrl(server.host(), proxy.port());
            return new ProxiedSide(proxy, Side.open(url, server, kind, borrowers));
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
    }

    public Side side() {
        return side;
    }

    /** From now on new connections are accepted and never hear a word; those that were open are reset. */
    public void fallSilent() {
        proxy.behave(Behaviour.silent());
        proxy.resetOpen();
    }

    /** From now on new connections are served. Those that were accepted in between stay silent for ever. */
    public void heal() {
        proxy.behave(Behaviour.pass());
    }

    /** The proxy goes first: its resets free whoever hangs in a silent connection. */
    @Override
    public void close() {
        proxy.close();
        side.close();
    }
}
