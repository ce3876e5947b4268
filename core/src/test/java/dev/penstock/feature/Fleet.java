package dev.penstock.feature;

import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;

/** One user and password for several servers, as a multi-host URL needs it. */
final class Fleet {
    private static final String CREATE = "do $$ begin create role penstock_fleet superuser login password 'fleet';"
            + " exception when duplicate_object then null; end $$";

    private Fleet() {}

    /** Lets the fleet's user in, on a server that is read-only by default too. */
    static void admit(PostgresServer server) throws SQLException {
        try (Connection admin = server.connect();
                Statement statement = admin.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(CREATE);
        }
    }

    static Properties login() {
        Properties properties = new Properties();
        properties.setProperty("user", "penstock_fleet");
        properties.setProperty("password", "fleet");
        properties.setProperty("sslmode", "disable");
        return properties;
    }

    /** All hosts in one URL; the first parameter is there, others may follow. */
    static String url(String targetServerType, InetSocketAddress... hosts) {
        return Arrays.stream(hosts)
                .map(host -> host.getAddress().getHostAddress() + ":" + host.getPort())
                .collect(Collectors.joining(
                        ",", "jdbc:postgresql://", "/postgres?targetServerType=" + targetServerType));
    }
}
