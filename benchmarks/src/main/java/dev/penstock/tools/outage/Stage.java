package dev.penstock.tools.outage;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import java.util.List;

/** The database as one cell sees it, and its fault. Not thread-safe. */
interface Stage extends AutoCloseable {
    /** For this fault, before this server; healthy. */
    static Stage of(Fault fault, PostgresServer server) {
        return switch (fault) {
            case SILENT, SILENT_DEFAULTS, REFUSED, BLACK_HOLE -> new ProxyStage(fault, server);
            case KILLED, RESTART -> new ServerStage(server);
            case DEAD_ADDRESS -> new TwoAddressStage(server);
        };
    }

    /** Where the cell connects to. */
    Target target();

    /** What its JVM is started with. */
    default List<String> jvmOptions() {
        return List.of();
    }

    /** The fault sets in; returns when it has. */
    void begin();

    /**
     * Ends the fault.
     *
     * @param healed to be run when a connect can succeed again, not later
     */
    void heal(Runnable healed);

    /** Leaves the server as it was before. */
    @Override
    void close();

    /**
     * In plain text: with {@code sslmode=prefer} pgjdbc itself gives a server 5 s for its answer to the request for
     * TLS ({@code sslResponseTimeout}) and starts again in plain text, which would measure two silent servers.
     */
    static Target target(PostgresServer server, String host, int port) {
        return new Target(server.jdbcUrl(host, port) + "?sslmode=disable", server.user(), server.password());
    }
}
