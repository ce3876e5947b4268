package dev.penstock.lab.postgres;

import dev.penstock.lab.fault.Loopback;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Describes a {@link PostgresServer}. Not thread-safe. */
public final class PostgresServerBuilder {
    private static final String MAJOR_PROPERTY = "penstock.test.postgres.major";

    private int major = defaultMajor();
    private List<String> listenAddresses = List.of("127.0.0.1");
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> hba = new ArrayList<>();
    private boolean trust;
    private @Nullable TlsMaterial tls;

    PostgresServerBuilder() {}

    /** The major wanted by {@code -Dpenstock.test.postgres.major}; 17 when nothing is said. */
    public static int defaultMajor() {
        String value = System.getProperty(MAJOR_PROPERTY, "17");
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D" + MAJOR_PROPERTY + " must be a number, but was " + value, e);
        }
    }

    /** For example 17; the default is {@link #defaultMajor()}. */
    public PostgresServerBuilder major(int number) {
        if (number < 14) {
            throw new IllegalArgumentException("major must be 14 or later, but was " + number);
        }
        this.major = number;
        return this;
    }

    /** One setting of {@code postgresql.conf}; needs no quotes. */
    public PostgresServerBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Loopback addresses to listen on, separated by commas: {@code 127.0.0.1,127.0.0.2,::1}. They must contain
     * 127.0.0.1, through which the server is looked after.
     */
    public PostgresServerBuilder listenAddresses(String addresses) {
        List<String> list = List.of(addresses.replace(" ", "").split(",", -1));
        if (!list.contains("127.0.0.1")) {
            throw new IllegalArgumentException("listenAddresses must contain 127.0.0.1, but was " + addresses);
        }
        this.listenAddresses = list;
        return this;
    }

    /** Lets the server speak TLS with these certificates, which must stay until it is closed. */
    public PostgresServerBuilder tls(TlsMaterial material) {
        this.tls = material;
        return this;
    }

    /** Lines of {@code pg_hba.conf} that are looked at before the default ones. */
    public PostgresServerBuilder hba(String... lines) {
        hba.addAll(List.of(lines));
        return this;
    }

    /** Asks nobody for a password, which makes the handshake two messages shorter. */
    public PostgresServerBuilder trust() {
        this.trust = true;
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException when the forced engine or the binaries of that major cannot be had, or it does not
     *     start; the message says which
     */
    public PostgresServer start() {
        String password = "lab-" + UUID.randomUUID();
        PostgresPlan plan =
                new PostgresPlan(major, Loopback.freePort(), listenAddresses, settings, hba, trust, password, tls);
        PostgresServer server =
                new PostgresServer(plan, PostgresMode.fromSystemProperty().start(plan));
        try {
            requireMajor(server);
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw new IllegalStateException("The started server is not usable: " + server, e);
        }
    }

    private static void requireMajor(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_version_num")) {
            result.next();
            int actual = result.getInt(1) / 10_000;
            if (actual != server.major()) {
                throw new IllegalStateException(
                        "major must be " + server.major() + ", but the binaries found are of " + actual);
            }
        }
    }
}
