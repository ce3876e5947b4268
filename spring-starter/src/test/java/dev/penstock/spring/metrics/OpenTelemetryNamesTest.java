package dev.penstock.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.docs.ObservingPage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@WithPostgres
class OpenTelemetryNamesTest {
    /** https://github.com/open-telemetry/semantic-conventions/blob/main/docs/database/database-metrics.md */
    private static final Set<String> CONVENTIONS = Set.of(
            "db.client.connection.count",
            "db.client.connection.idle.min",
            "db.client.connection.max",
            "db.client.connection.pending_requests",
            "db.client.connection.timeouts",
            "db.client.connection.create_time",
            "db.client.connection.wait_time",
            "db.client.connection.use_time");

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String RENAMED = "penstock.metrics.opentelemetry-names=true";

    private static Set<String> of(MeterRegistry registry, Function<Meter.Id, String> property) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id ->
                        id.getName().startsWith("db.client") || id.getName().startsWith("hikaricp"))
                .map(property)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hikarisMetersHaveTheNamesAndTheAttributesOfTheConventions(PostgresServer postgres) {
        Contexts.on(postgres).withPropertyValues(RENAMED).run(context -> {
            context.getBean(JdbcTemplate.class).execute("select 1");
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(of(registry, Meter.Id::getName)).isEqualTo(new TreeSet<>(CONVENTIONS));
            assertThat(of(registry, id -> id.getTag("db.client.connection.pool.name")))
                    .containsExactly("orders");
            assertThat(of(registry, id -> String.valueOf(id.getTag("pool")))).containsExactly("null");
        });
    }

    /** HikariCP takes its numbers once per second. */
    @Test
    void theyCountWhatHikariCounts(PostgresServer postgres) {
        Contexts.on(postgres).withPropertyValues(RENAMED).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            DataSource pool = context.getBean(DataSource.class);
            try (Connection held = pool.getConnection()) {
                Await.until("one in use", SOON, () -> count(registry, "used") == 1 && count(registry, "idle") == 0);
                assertThat(held.isValid(1)).isTrue();
            }
            Await.until("one idle", SOON, () -> count(registry, "used") == 0 && count(registry, "idle") == 1);
            assertThat(registry.get("db.client.connection.use_time").timer().count())
                    .isPositive();
        });
    }

    private static double count(MeterRegistry registry, String state) {
        return registry.get("db.client.connection.count")
                .tags(Tags.of("db.client.connection.state", state))
                .gauge()
                .value();
    }

    @Test
    void theRestIsLeftAsItIs(PostgresServer postgres) {
        Contexts.on(postgres).withPropertyValues(RENAMED).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.find("jdbc.connections.max").gauge()).isNotNull();
            assertThat(registry.find("penstock.leases.open")
                            .tag("pool", "orders")
                            .gauge())
                    .isNotNull();
        });
    }

    @Test
    void prometheusTakesThem(PostgresServer postgres) {
        Contexts.withoutRegistry(postgres)
                .withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .withPropertyValues(RENAMED)
                .run(context -> {
                    context.getBean(JdbcTemplate.class).execute("select 1");

                    assertThat(context.getBean(PrometheusMeterRegistry.class).scrape())
                            .contains(
                                    "db_client_connection_count{db_client_connection_pool_name=\"orders\",db_client_connection_state=\"idle\"} 1.0",
                                    "db_client_connection_wait_time_seconds_count{db_client_connection_pool_name=\"orders\"}")
                            .doesNotContain("hikaricp");
                });
    }

    @Test
    void theDocumentationHasTheSameNames() throws IOException {
        List<List<String>> rows = ObservingPage.rowsOfCode(ObservingPage.section("OpenTelemetry's names"));

        assertThat(rows).hasSize(OpenTelemetryNames.NAMES.size()).allSatisfy(row -> {
            Meter.Id renamed = new OpenTelemetryNames()
                    .map(new Meter.Id(row.get(0), Tags.of("pool", "orders"), null, null, Meter.Type.GAUGE));
            assertThat(renamed.getName()).isEqualTo(row.get(1));
            assertThat(renamed.getTag("db.client.connection.state")).isEqualTo(row.size() < 3 ? null : row.get(2));
        });
    }

    @Test
    void metersOfOthersKeepTheirNamesAndTags() {
        Meter.Id other =
                new Meter.Id("hikaricp.connections.of.tomorrow", Tags.of("pool", "a"), null, null, Meter.Type.GAUGE);

        assertThat(new OpenTelemetryNames().map(other)).isSameAs(other);
        assertThat(new OpenTelemetryNames().accept(other)).isEqualTo(MeterFilterReply.NEUTRAL);
    }
}
