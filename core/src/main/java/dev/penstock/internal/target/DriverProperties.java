package dev.penstock.internal.target;

import dev.penstock.ConnectSettings;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** The properties for one {@code Driver.connect} to one host, on a socket that we have connected. */
final class DriverProperties {
    /** What the URL of the one host, our own socket or our own factory takes the place of. */
    private static final List<String> OURS =
            List.of("PGHOST", "PGPORT", "PGDBNAME", "service", "socketFactory", "socketFactoryArg");

    private DriverProperties() {}

    static Properties of(ParsedUrl parsed, Encryption encryption, ConnectSettings settings) {
        Properties properties = ParsedUrl.forDriver(parsed.merged());
        OURS.forEach(properties::remove);
        if (!parsed.has("socketFactory")) {
            // our sockets are bound by us, those of the user's own factory by the driver
            properties.remove("localSocketAddress");
        }
        // Left out if it came from .pgpass, so that each host's own line is read, as it is at that time.
        if (parsed.explicit().getProperty("password") == null) {
            properties.remove("password");
        }
        // Set, not removed: driverconfig.properties would come back otherwise.
        properties.setProperty("targetServerType", "any");
        properties.setProperty("loadBalanceHosts", "false");
        properties.setProperty("loginTimeout", "0");
        properties.setProperty("connectTimeout", "0");
        if (settings.tcpKeepAlive()) {
            properties.putIfAbsent("tcpKeepAlive", "true");
        }
        addResponseTimeouts(properties, encryption, settings.deadline());
        return properties;
    }

    /**
     * Five seconds by default, and not only a limit for one answer: they would end a connect to a server
     * that is slow but within the deadline. What the user set stays.
     */
    private static void addResponseTimeouts(Properties properties, Encryption encryption, Duration deadline) {
        String milliseconds = Long.toString(Math.max(1, deadline.toMillis()));
        if (encryption.tlsRequired()) {
            properties.putIfAbsent("sslResponseTimeout", milliseconds);
        }
        if (encryption.gssRequested()) {
            properties.putIfAbsent("gssResponseTimeout", milliseconds);
        }
    }
}
