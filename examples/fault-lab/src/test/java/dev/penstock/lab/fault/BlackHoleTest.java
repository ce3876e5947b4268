package dev.penstock.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@WithPostgres
class BlackHoleTest {

    @Test
    void everyConnectHangs() throws IOException {
        for (InetAddress address : List.of(Loopback.address(2), Loopback.v6("localhost"))) {
            try (BlackHole hole = BlackHole.anyPort(address)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(Probe.of(hole.socketAddress(), 100)).isEqualTo(Probe.Outcome.HUNG_IN_CONNECT);
                }
            }
        }
    }

    @Test
    void manyShareThePortOfAServer(PostgresServer server) throws IOException {
        List<BlackHole> holes = new ArrayList<>();
        try {
            for (InetAddress address : Loopback.addresses("db.penstock.test", 2, 12)) {
                holes.add(BlackHole.at(address, server.port()));
            }
            for (BlackHole hole : holes) {
                assertThat(Probe.of(hole.socketAddress(), 50)).isEqualTo(Probe.Outcome.HUNG_IN_CONNECT);
            }
            assertThat(Probe.of(server.address(), 5_000)).isEqualTo(Probe.Outcome.ANSWERED);
        } finally {
            holes.forEach(BlackHole::close);
        }
    }

    @Test
    void healedItLeadsToTheServer(PostgresServer server) throws Exception {
        try (BlackHole hole = BlackHole.anyPort(Loopback.address(3));
                Socket hanging = new Socket()) {
            CompletableFuture<Void> connect = CompletableFuture.runAsync(() -> {
                try {
                    hanging.connect(hole.socketAddress(), 10_000);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(Probe.of(hole.socketAddress(), 100)).isEqualTo(Probe.Outcome.HUNG_IN_CONNECT);

            FaultProxy healed = hole.heal(server.address());

            assertThat(Probe.of(hole.socketAddress(), 5_000)).isEqualTo(Probe.Outcome.ANSWERED);
            Await.until("the hanging connect to get through", Duration.ofSeconds(10), connect::isDone);
            assertThat(connect).isCompleted();
            assertThat(Probe.ask(hanging, 5_000)).isEqualTo(Probe.Outcome.ANSWERED);
            assertThat(healed.accepted()).isEqualTo(2);
            assertThatThrownBy(() -> hole.heal(server.address())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closedItRefuses() throws IOException {
        BlackHole hole = BlackHole.anyPort(Loopback.address(2));
        hole.close();
        hole.close();

        assertThat(Probe.of(hole.socketAddress(), 5_000)).isEqualTo(Probe.Outcome.REFUSED);
    }
}
