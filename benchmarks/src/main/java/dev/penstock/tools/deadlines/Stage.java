package dev.penstock.tools.deadlines;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * What one case has set up around the real server, and where its connects go. Every case looks the same name up,
 * in a name service of its own. Not thread-safe.
 */
final class Stage implements AutoCloseable {
    /** The name that every case connects to, and that the server's certificate is for. */
    static final String HOST = "db.penstock.test";

    private final PostgresServer server;
    private final DnsScript dns = new DnsScript();
    private final Properties properties = new Properties();
    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private String hosts = "";
    private Consumer<ConnectSettings.Builder> settings = ignored -> {};

    /** Nothing set up yet; connects in plain text as the superuser. */
    Stage(PostgresServer server) {
        this.server = server;
        properties.putAll(server.credentials());
        properties.setProperty("sslmode", "disable");
    }

    PostgresServer server() {
        return server;
    }

    DnsScript dns() {
        return dns;
    }

    /** Closes it with the stage, the latest first. */
    <T extends AutoCloseable> T keep(T opened) {
        kept.push(opened);
        return opened;
    }

    /** A proxy before the real server, on an address of its own, with the name pointing to it. */
    Stage proxy(Behaviour behaviour) {
        return to(keep(FaultProxy.to(server.address())).behave(behaviour).socketAddress());
    }

    /** The same on the first {@code count} addresses from 127.0.0.2 on, all on one port. */
    Stage proxies(int count, Behaviour behaviour) {
        int port = Loopback.freePort();
        List<InetAddress> addresses = Loopback.addresses(HOST, 2, count + 1);
        addresses.forEach(
                address -> keep(FaultProxy.at(address, port, server.address())).behave(behaviour));
        return to(port, addresses);
    }

    /** A server that is none, with the name pointing to it. */
    Stage fake(Behaviour script) {
        return to(keep(FakePostgres.start(script)).socketAddress());
    }

    /** Nothing but black holes, all on one port. */
    Stage blackHoles(int count) {
        int port = Loopback.freePort();
        List<InetAddress> addresses =
                count == 1 ? List.of(Loopback.address(1)) : Loopback.addresses(HOST, 2, count + 1);
        addresses.forEach(address -> keep(BlackHole.at(address, port)));
        return to(port, addresses);
    }

    /** The name points here. */
    Stage to(InetSocketAddress address) {
        return to(address.getPort(), List.of(address.getAddress()));
    }

    private Stage to(int port, List<InetAddress> addresses) {
        dns.answer(HOST, addresses);
        hosts = HOST + ":" + port;
        return this;
    }

    /** Adds a second host, with a name of its own. */
    Stage andTo(String host, InetSocketAddress address) {
        dns.answer(host, address.getAddress());
        hosts = hosts + "," + host + ":" + address.getPort();
        return this;
    }

    /** TLS, with the certificate checked against the name. */
    Stage verifyFull() {
        TlsMaterial tls = Objects.requireNonNull(server.tls(), "the server of the matrix speaks TLS");
        properties.putAll(tls.verifyFull());
        return this;
    }

    /** A connection property. */
    Stage property(String key, String value) {
        properties.setProperty(key, value);
        return this;
    }

    /** A setting of the connector. */
    Stage settings(Consumer<ConnectSettings.Builder> more) {
        settings = settings.andThen(more);
        return this;
    }

    /**
     * The connector under test, closed with the stage; its connects are pgjdbc's own, over our sockets. Without a
     * breaker: each connect is to be tried.
     */
    PenstockConnector connector(Duration deadline) {
        PenstockConfig config = PenstockConfig.builder()
                .breaker(b -> b.mode(BreakerMode.OFF))
                .connect(c -> settings.accept(c.deadline(deadline).resolver(dns::resolve)))
                .build();
        return keep(PenstockConnector.builder("jdbc:postgresql://" + hosts + "/" + server.database())
                .properties(properties)
                .config(config)
                .build());
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!kept.isEmpty()) {
            try {
                kept.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the stage could not be cleared", failures.get(0));
        }
    }
}
