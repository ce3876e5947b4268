package dev.penstock.tools.tune;

import dev.penstock.internal.failure.Masking;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.server.Login;
import dev.penstock.tools.server.Server;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured.
 *
 * @param server how to reach it
 * @param own to be closed if it was started for this run; null: it is the user's
 */
record Target(Server server, @Nullable PostgresServer own) implements AutoCloseable {
    /** What all its sessions are called. */
    static final String APPLICATION_NAME = "penstock-tools tune";

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** That of the user, or else one that is started now. */
    static Target of(Optional<Server> users) {
        if (users.isPresent()) {
            return new Target(users.get(), null);
        }
        PostgresServer own = PostgresServer.start();
        Login login = new Login(own.jdbcUrl(), own.user(), own.password());
        return new Target(new Server(login, DEADLINE, APPLICATION_NAME), own);
    }

    boolean isEmbedded() {
        return own != null;
    }

    /** For people. */
    String shown() {
        return own == null ? Masking.maskUrl(server.login().url()) : "embedded";
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
