package dev.penstock.matrix;

import dev.penstock.ConnectPhase;
import dev.penstock.lab.postgres.PostgresServer;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** How the session is to be encrypted. */
enum Mode {
    PLAIN,
    REQUIRE,
    VERIFY_FULL;

    static final List<Mode> ENCRYPTED = List.of(REQUIRE, VERIFY_FULL);

    /** Where a session hangs whose server accepts and never says a byte. */
    ConnectPhase firstPhase() {
        return this == PLAIN ? ConnectPhase.STARTUP : ConnectPhase.TLS;
    }

    /** The driver's properties for it; the server's certificate is good for {@code db.penstock.test} and 127.0.0.1. */
    Properties properties(PostgresServer server) {
        if (this == VERIFY_FULL) {
            return Objects.requireNonNull(server.tls(), "a server with TLS").verifyFull();
        }
        Properties properties = new Properties();
        properties.setProperty("sslmode", this == PLAIN ? "disable" : "require");
        return properties;
    }
}
