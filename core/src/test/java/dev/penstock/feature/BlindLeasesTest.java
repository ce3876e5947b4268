package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Loopback;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases of sessions that are not seen: the log says at the start what cannot be told of them. */
class BlindLeasesTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app?sslmode=disable";
    private static final PoolControl UNKNOWN = PoolControl.unknown(Duration.ofSeconds(1));

    private static List<String> about(LogRecorder log, String what) {
        return log.lines().stream().filter(line -> line.contains(what)).toList();
    }

    @Test
    void overTheUsersOwnSocketsThatIsSaidWithTheGate() {
        try (LogRecorder log = LogRecorder.ofPenstock();
                PenstockConnector connector = PenstockConnector.builder(
                                URL + "&socketFactory=" + OwnFactories.class.getName())
                        .name("orders")
                        .build()) {
            assertThat(about(log, "socketFactory, so")).isEmpty(); // who lends nothing has no leases
            connector.gate(UNKNOWN).close();

            assertThat(about(log, "socketFactory, so"))
                    .singleElement()
                    .asString()
                    .startsWith("INFO penstock 'orders': ")
                    .contains("LEAKED_OWNER_DEAD, LEAKED_UNREACHABLE or LONG_HOLD");
        }
    }

    @Test
    void overOurOwnOrWithoutDetectionThereIsNothingToSay() {
        PenstockConfig off =
                PenstockConfig.builder().leases(l -> l.detection(false)).build();
        try (LogRecorder log = LogRecorder.ofPenstock();
                PenstockConnector ours = PenstockConnector.builder(URL).build();
                PenstockConnector without = PenstockConnector.builder(
                                URL + "&socketFactory=" + OwnFactories.class.getName())
                        .config(off)
                        .build()) {
            ours.gate(UNKNOWN).close();
            without.gate(UNKNOWN).close();

            assertThat(about(log, "LEAKED_")).isEmpty();
        }
    }

    /** Somebody who guards a pool closes the pool and the connector; that there is a gate to close he may not know. */
    @Test
    void withTheConnectorEndsTheThreadThatLooksAfterLeases() throws Exception {
        try (PenstockConnector connector = PenstockConnector.builder(URL).build()) {
            PenstockDataSource guarded = PenstockDataSource.guard(ForeignPool.create(), UNKNOWN, connector);
            guarded.getConnection().close();
            assertThat(sweepers()).isPositive();
        }
        Await.until("it has ended", Duration.ofSeconds(20), () -> sweepers() == 0);
    }

    private static long sweepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("penstock-sweeper"))
                .count();
    }

    @Test
    void aPoolThatDrawsFromElsewhereIsOneWarning() throws Exception {
        try (LogRecorder log = LogRecorder.ofPenstock();
                PenstockConnector connector =
                        PenstockConnector.builder(URL).name("orders").build()) {
            PenstockDataSource guarded = PenstockDataSource.guard(ForeignPool.create(), UNKNOWN, connector);
            assertThat(about(log, "LEAKED_")).isEmpty();
            guarded.getConnection().close();
            guarded.getConnection().close();

            assertThat(about(log, "LEAKED_"))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN penstock 'orders': the pool has lent a connection that was not made by the connector");
            guarded.gate().close();
        }
    }
}
