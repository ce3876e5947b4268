package dev.penstock.tools.addresses;

import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetAddress;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * One name with its addresses, all on one port, and the two ways to connect to it. In plain text: with {@code
 * sslmode=prefer} pgjdbc itself gives a server 5 s for its answer to the request for TLS ({@code
 * sslResponseTimeout}) and then starts again in plain text, which would measure two servers that are slow for half
 * as long instead of one that is slow.
 */
final class NamedService implements AutoCloseable {
    private static final String HOST = "db.penstock.test";

    private final String database;
    private final int port;
    private final DnsScript dns = new DnsScript();
    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<AutoCloseable> kept = new ArrayList<>();
    private final Properties properties = new Properties();

    NamedService(PostgresServer server, int port) {
        this(server.credentials(), server.database(), port);
    }

    /** For a server that somebody else has started. */
    NamedService(Properties credentials, String database, int port) {
        this.database = database;
        this.port = port;
        properties.putAll(credentials);
        properties.setProperty("sslmode", "disable");
    }

    /** What stands at an address. */
    @FunctionalInterface
    interface Occupant {
        AutoCloseable at(InetAddress address, int port);
    }

    /** Appends addresses, each with such an occupant, closed with the service. */
    NamedService with(List<InetAddress> more, Occupant occupant) {
        more.forEach(address -> {
            kept.add(occupant.at(address, port));
            withGood(address);
        });
        return this;
    }

    /** Appends an address at which somebody listens already. */
    NamedService withGood(InetAddress address) {
        addresses.add(address);
        dns.answer(HOST, addresses);
        return this;
    }

    /** A connector of its own, to the name; knows nothing of any address yet. */
    PenstockConnector connector(Consumer<ConnectSettings.Builder> settings) {
        PenstockConfig config = PenstockConfig.builder()
                .connect(c -> settings.accept(c.resolver(dns::resolve)))
                .build();
        return PenstockConnector.builder(url(HOST))
                .properties(properties)
                .config(config)
                .build();
    }

    /** One connect by a new connector, which is closed after it. */
    Attempt freshConnect(Consumer<ConnectSettings.Builder> settings) {
        try (PenstockConnector connector = connector(settings)) {
            return Attempt.of(connector::getConnection);
        }
    }

    /** pgjdbc alone to one address, as a pool calls it: with a fresh copy of the properties. */
    Attempt.Opener plainTo(InetAddress address) {
        String url = url(address.getHostAddress());
        Driver driver = driver(url);
        return () -> {
            Properties own = new Properties();
            own.putAll(properties);
            return driver.connect(url, own);
        };
    }

    private static Driver driver(String url) {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new IllegalStateException("pgjdbc is missing", e);
        }
    }

    /** pgjdbc alone to the name: of all addresses it tries the first one only. */
    Attempt.Opener plain() {
        return plainTo(addresses.get(0));
    }

    private String url(String host) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        for (AutoCloseable occupant : kept) {
            try {
                occupant.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("an address could not be vacated", failures.get(0));
        }
    }
}
