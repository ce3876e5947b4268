package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.metrics.PenstockMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Real connects, counted. */
@WithPostgres
@NoLeftovers
class MetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PostgresServer server;

    MetricsTest(PostgresServer server) {
        this.server = server;
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private long timed(ConnectPhase phase) {
        return registry.get("penstock.connect.time")
                .tags("phase", phase.name().toLowerCase(Locale.ROOT))
                .timer()
                .count();
    }

    @Test
    void aConnectIsOneConnectAndOneAttemptWithATimeForEachOfItsPhases() throws Exception {
        try (PenstockConnector connector =
                        Connectors.over(server.jdbcUrl("127.0.0.1", server.port()), Connectors.login(server));
                PenstockMetrics metrics = new PenstockMetrics(connector.control())) {
            metrics.bindTo(registry);

            assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");

            assertThat(count("penstock.connects", "outcome", "connected")).isEqualTo(1);
            Await.until(
                    "the attempt is counted",
                    Duration.ofSeconds(20),
                    () -> count("penstock.connect.attempts", "family", "ipv4", "outcome", "connected") == 1);
            assertThat(timed(ConnectPhase.TCP)).isEqualTo(1);
            assertThat(timed(ConnectPhase.STARTUP)).isEqualTo(1);
            assertThat(timed(ConnectPhase.AUTH)).isEqualTo(1);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aRefusedOneIsOneOfThose() {
        try (PenstockConnector connector =
                        Connectors.over(server.jdbcUrl("127.0.0.1", Loopback.freePort()), Connectors.login(server));
                PenstockMetrics metrics = new PenstockMetrics(connector.control())) {
            metrics.bindTo(registry);

            assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);

            assertThat(count("penstock.connects", "outcome", "unreachable")).isEqualTo(1);
            Await.until( // an attempt may be told after its connect
                    "the attempt is counted",
                    Duration.ofSeconds(20),
                    () -> count("penstock.connect.attempts", "family", "ipv4", "outcome", "unreachable") == 1);
            assertThat(timed(ConnectPhase.TCP)).isZero();
        }
    }
}
