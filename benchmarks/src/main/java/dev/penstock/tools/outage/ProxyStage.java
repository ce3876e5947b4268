package dev.penstock.tools.outage;

import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;

/** A proxy before the server that falls silent, refuses or drops. */
final class ProxyStage implements Stage {
    private final Fault fault;
    private final PostgresServer server;
    private final FaultProxy proxy;

    ProxyStage(Fault fault, PostgresServer server) {
        this.fault = fault;
        this.server = server;
        this.proxy = FaultProxy.to(server.address());
    }

    @Override
    public Target target() {
        return Stage.target(server, proxy.address().getHostAddress(), proxy.port());
    }

    @Override
    public void begin() {
        switch (fault) {
            case REFUSED -> {
                proxy.behave(Behaviour.refuse());
                proxy.resetOpen();
            }
            case BLACK_HOLE -> {
                proxy.behave(Behaviour.blackHole());
                proxy.stallOpen();
            }
            default -> {
                proxy.behave(Behaviour.silent());
                proxy.stallOpen();
            }
        }
    }

    @Override
    public void heal(Runnable healed) {
        healed.run(); // before the first connect can get through: what it takes from here on counts as recovery
        proxy.behave(Behaviour.pass());
        if (fault == Fault.BLACK_HOLE) {
            proxy.resumeOpen();
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
