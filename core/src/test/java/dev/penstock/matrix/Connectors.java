package dev.penstock.matrix;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.time.Duration;
import java.util.function.Consumer;

/** Connectors to a server by way of whatever stands in front of it. */
final class Connectors {
    /** The one name in the lab's certificates. */
    static final String NAME = "db.penstock.test";

    private Connectors() {}

    /** With the server's credentials; to be given a {@link #within configuration}. */
    static PenstockConnector.Builder to(PostgresServer server, String host, int port) {
        return to(server, host + ":" + port);
    }

    /** The same for many hosts, each with its port, separated by commas. */
    static PenstockConnector.Builder to(PostgresServer server, String hosts) {
        return PenstockConnector.builder("jdbc:postgresql://" + hosts + "/" + server.database())
                .properties(server.credentials());
    }

    static PenstockConnector.Builder to(PostgresServer server, FaultProxy proxy) {
        return to(server, proxy.address().getHostAddress(), proxy.port());
    }

    /** A connector by way of a proxy that has so long. */
    static PenstockConnector through(FaultProxy proxy, PostgresServer server, Mode mode, Duration deadline) {
        return to(server, proxy)
                .properties(mode.properties(server))
                .config(within(deadline))
                .build();
    }

    static PenstockConfig within(Duration deadline) {
        return with(c -> c.deadline(deadline));
    }

    static PenstockConfig with(Consumer<ConnectSettings.Builder> settings) {
        return eachConnectIsTried().connect(settings).build();
    }

    /** What is under test is the connect, not what keeps it from being tried. */
    private static PenstockConfig.Builder eachConnectIsTried() {
        return PenstockConfig.builder().breaker(b -> b.mode(BreakerMode.OFF));
    }

    static PenstockConfig with(DnsScript names, Duration deadline, Recorder listener) {
        return eachConnectIsTried()
                .connect(c -> c.resolver(names::resolve).deadline(deadline))
                .listener(listener)
                .build();
    }
}
