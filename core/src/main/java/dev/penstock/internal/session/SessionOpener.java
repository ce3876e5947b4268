package dev.penstock.internal.session;

import dev.penstock.ConnectSettings;
import dev.penstock.Credentials;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.server.Served;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.target.ServerRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens one session with pgjdbc, on sockets that come from a {@link SocketSource}: the driver neither
 * resolves nor connects, and knows one host only. Thread-safe.
 */
public final class SessionOpener {
    private static final Driver DRIVER = new Driver();

    private final ConnectTarget target;
    private final Map<HostPort, String> urls = new HashMap<>();
    /** What every session is opened with; copied for each. */
    private final Properties common;

    /** For one connector. */
    public SessionOpener(ConnectTarget target, ConnectSettings settings) {
        this.target = target;
        target.hosts().forEach(host -> urls.put(host, target.urlFor(host)));
        this.common = target.driverProperties(settings);
        PGProperty.SOCKET_FACTORY.set(common, PenstockSocketFactory.class.getName());
    }

    /**
     * Blocks until the session is usable, fails, or its sockets are closed from outside.
     *
     * @param line what sets its limits on the server
     * @param server what the line knows the server by
     * @throws SQLException as the driver throws it
     */
    public OpenedSession open(
            HostPort host, SocketSource source, @Nullable Credentials credentials, FirstLine line, String server)
            throws SQLException {
        String ticket = SocketTickets.issue(source);
        try {
            Properties properties = new Properties();
            properties.putAll(common);
            PGProperty.SOCKET_FACTORY_ARG.set(properties, ticket);
            if (credentials != null) {
                apply(credentials, properties);
            }
            Driven driven = () -> line.open(server, options -> connect(host, with(options, properties)));
            return target.targetRole() == ServerRole.ANY ? unjudged(driven.open()) : judged(driven, properties);
        } finally {
            SocketTickets.withdraw(ticket);
        }
    }

    /** Puts them in the place of those that the properties have. */
    public static void apply(Credentials credentials, Properties properties) {
        setUnlessNull(properties, PGProperty.USER, credentials.user());
        setUnlessNull(properties, PGProperty.PASSWORD, credentials.password());
    }

    private static void setUnlessNull(Properties properties, PGProperty property, @Nullable String value) {
        if (value != null) {
            property.set(properties, value);
        }
    }

    /** The properties, with options for the startup packet before those of the user. */
    private static Properties with(@Nullable String options, Properties properties) {
        if (options == null) {
            return properties;
        }
        Properties more = new Properties();
        more.putAll(properties);
        String own = PGProperty.OPTIONS.getOrDefault(properties);
        PGProperty.OPTIONS.set(more, own == null || own.isBlank() ? options : options + " " + own);
        return more;
    }

    private Connection connect(HostPort host, Properties properties) throws SQLException {
        String url = urls.get(host);
        Connection connection = DRIVER.connect(url, properties);
        if (connection == null) {
            throw new IllegalStateException("pgjdbc does not take its own URL " + url);
        }
        return connection;
    }

    /** Opens a session with properties that are still to be changed. */
    private interface Driven {
        Served open() throws SQLException;
    }

    private static OpenedSession unjudged(Served served) {
        return new OpenedSession(served.connection(), served.side(), ServerRole.ANY);
    }

    /** The role is asked for before readOnly is set, which could make any server look like a secondary. */
    private static OpenedSession judged(Driven driven, Properties properties) throws SQLException {
        boolean readOnly = PGProperty.READ_ONLY.getBoolean(properties);
        properties.remove(PGProperty.READ_ONLY.getName());
        Served served = driven.open();
        Connection connection = served.connection();
        try {
            ServerRole role = RoleJudge.roleOf(connection);
            if (readOnly) {
                connection.setReadOnly(true);
            }
            return new OpenedSession(connection, served.side(), role);
        } catch (SQLException | RuntimeException e) {
            OpenedSession.discard(connection);
            throw e;
        }
    }
}
