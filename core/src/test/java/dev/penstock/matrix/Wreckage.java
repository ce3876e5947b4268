package dev.penstock.matrix;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A mix of faults, one proxy and one connector each: silent, out of reach, and stalled all over the handshake, the last
 * of them when the server has its backend and only the end of its last message is missing.
 */
final class Wreckage implements AutoCloseable {
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<PenstockConnector> connectors = new ArrayList<>();

    Wreckage(PostgresServer server, Duration deadline) throws SQLException {
        int plain = Handshake.length(server, Mode.PLAIN);
        int encrypted = Handshake.length(server, Mode.REQUIRE);
        add(server, Mode.PLAIN, Behaviour.silent(), deadline);
        add(server, Mode.REQUIRE, Behaviour.silent(), deadline);
        add(server, Mode.PLAIN, Behaviour.blackHole(), deadline);
        add(server, Mode.PLAIN, Behaviour.dribble(Duration.ofMillis(20)), deadline);
        for (int percent : new int[] {1, 30, 60, 90}) {
            add(server, Mode.PLAIN, Behaviour.stallAfter(plain * percent / 100), deadline);
            add(server, Mode.REQUIRE, Behaviour.stallAfter(encrypted * percent / 100), deadline);
        }
        add(server, Mode.PLAIN, lastMessageMissing(plain), deadline);
        add(server, Mode.REQUIRE, lastMessageMissing(encrypted), deadline);
    }

    /** ReadyForQuery is 6 bytes long, in TLS at least 22 more. */
    static Behaviour lastMessageMissing(int length) {
        return Behaviour.stallAfter(length - 6);
    }

    private void add(PostgresServer server, Mode mode, Behaviour fault, Duration deadline) {
        FaultProxy proxy = FaultProxy.to(server.address()).behave(fault);
        proxies.add(proxy);
        connectors.add(Connectors.through(proxy, server, mode, deadline));
    }

    int kinds() {
        return connectors.size();
    }

    /** One after the other, round and round. */
    PenstockConnector connector(int number) {
        return connectors.get(number % connectors.size());
    }

    /** Connections accepted by those of the proxies that accept at all. */
    int accepted() {
        return proxies.stream().mapToInt(FaultProxy::accepted).sum();
    }

    void closeConnectors() {
        connectors.forEach(PenstockConnector::close);
    }

    @Override
    public void close() {
        closeConnectors();
        proxies.forEach(FaultProxy::close);
    }
}
