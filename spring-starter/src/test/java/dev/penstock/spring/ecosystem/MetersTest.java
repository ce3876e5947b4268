package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HikariCP's meters and Spring Boot's are the same with the starter and without. */
@WithPostgres
@NoLeftovers
@Tag("once") // the same on every JDK
class MetersTest {
    private final PostgresServer server;

    MetersTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void ofThePoolsAreTheSameAsWithout() {
        Set<String> without = metersOfPools("false");
        assertThat(without)
                .anyMatch(meter -> meter.contains("hikaricp.connections.acquire"))
                .anyMatch(meter -> meter.contains("jdbc.connections.active"))
                .anyMatch(meter -> meter.contains("orders"))
                .anyMatch(meter -> meter.contains(PlainApplication.H2));

        assertThat(metersOfPools("true")).isEqualTo(without);
    }

    /** As text: name, tags, kind and unit. */
    private Set<String> metersOfPools(String penstockEnabled) {
        try (Launched application = Launch.on(server)
                .with("penstock.enabled", penstockEnabled)
                .with("spring.datasource.hikari.pool-name", "orders")
                .start()) {
            assertThat(Launched.ask(application.bean(DataSource.class), "1")).isEqualTo("1");
            assertThat(Launched.ask(application.h2(), "1")).isEqualTo("1");
            return application.bean(MeterRegistry.class).getMeters().stream()
                    .map(Meter::getId)
                    .filter(id ->
                            id.getName().startsWith("hikaricp.") || id.getName().startsWith("jdbc."))
                    .map(id -> id + " " + id.getType() + " " + id.getBaseUnit())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
