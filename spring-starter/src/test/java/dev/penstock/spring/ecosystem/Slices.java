package dev.penstock.spring.ecosystem;

import dev.penstock.lab.postgres.PostgresServer;
import java.util.function.Supplier;
import org.springframework.test.context.DynamicPropertyRegistry;

/** What tests of a slice have in common. */
final class Slices {
    private Slices() {}

    /** Asked when the context starts; the server is known by then. */
    static void connect(DynamicPropertyRegistry properties, Supplier<PostgresServer> server) {
        properties.add("spring.datasource.url", () -> server.get().jdbcUrl());
        properties.add("spring.datasource.username", () -> server.get().user());
        properties.add("spring.datasource.password", () -> server.get().password());
        properties.add("spring.datasource.hikari.maximum-pool-size", () -> Launch.POOL_SIZE);
        // of a DataSource whose configuration is in no slice
        properties.add("penstock.pools.reports.connect.deadline", () -> "7s");
        properties.add("spring.flyway.enabled", () -> false);
        properties.add("spring.liquibase.enabled", () -> false);
        properties.add("spring.jpa.hibernate.ddl-auto", () -> "create-drop");
    }
}
