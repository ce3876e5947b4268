package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.metrics.PenstockMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From a borrow whose stack was captured to its place in the histogram. */
class HoldTimesTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app?sslmode=disable";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aBorrowThatWasCapturedIsTimedByTheClassThatBorrowed() throws SQLException {
        try (PenstockConnector connector = PenstockConnector.builder(URL).build()) {
            PenstockDataSource pool = PenstockDataSource.guard(
                    ForeignPool.create(), PoolControl.unknown(Duration.ofSeconds(1)), connector);
            try (PenstockMetrics metrics = new PenstockMetrics(pool.control()).holdTimes(5)) {
                metrics.bindTo(registry);
                pool.getConnection().close(); // the first of a pool is always among the sample

                Await.until(
                        "it is counted",
                        Duration.ofSeconds(20),
                        () -> registry.find("penstock.leases.hold")
                                        .tags("site", "HoldTimesTest")
                                        .timer()
                                != null);
            }
            pool.gate().close();
        }
    }

    @Test
    void openLeasesAreMeteredAsTheyAre() throws SQLException {
        try (PenstockConnector connector = PenstockConnector.builder(URL).build()) {
            PenstockDataSource pool = PenstockDataSource.guard(
                    ForeignPool.create(), PoolControl.unknown(Duration.ofSeconds(1)), connector);
            try (PenstockMetrics metrics = new PenstockMetrics(pool.control());
                    var connection = pool.getConnection()) {
                metrics.bindTo(registry);
                assertThat(connection.isClosed()).isFalse();
                assertThat(registry.get("penstock.leases.open").gauge().value()).isEqualTo(1);
                Await.until(
                        "it is a microsecond old",
                        Duration.ofSeconds(20),
                        () -> registry.get("penstock.leases.oldest").timeGauge().value(TimeUnit.SECONDS) > 1e-6);
            }
            pool.gate().close();
        }
    }
}
