package dev.penstock.tools.suite.groups;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;

/** The one server that all JVMs of a group connect to. */
record BenchPostgres(PostgresServer server) implements AutoCloseable {
    private static final String MAX_CONNECTIONS = "600";

    static BenchPostgres start() {
        return new BenchPostgres(PostgresServer.builder()
                .setting("max_connections", MAX_CONNECTIONS)
                .start());
    }

    Target target() {
        return new Target(server.jdbcUrl(), server.user(), server.password());
    }

    @Override
    public void close() {
        server.close();
    }
}
