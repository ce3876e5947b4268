package dev.penstock.lab.fault;

import static dev.penstock.lab.fault.Probe.Outcome.ANSWERED;
import static dev.penstock.lab.fault.Probe.Outcome.CLOSED;
import static dev.penstock.lab.fault.Probe.Outcome.HUNG_IN_CONNECT;
import static dev.penstock.lab.fault.Probe.Outcome.REFUSED;
import static dev.penstock.lab.fault.Probe.Outcome.RESET;
import static dev.penstock.lab.fault.Probe.Outcome.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.OpenSockets;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees of each behaviour, byte by byte; {@link HandshakeFaultTest} does the same through the driver. */
@WithPostgres
class FaultProxyTest {
    private static final int SOON = 5_000;
    private static final int BRIEFLY = 150;

    private FaultProxy proxy;

    @BeforeEach
    void standBeforeTheServer(PostgresServer server) {
        proxy = FaultProxy.to(server.address());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private Probe.Outcome probe(int patienceMillis) throws IOException {
        return Probe.of(proxy.socketAddress(), patienceMillis);
    }

    @Test
    void passes() throws IOException {
        assertThat(probe(SOON)).isEqualTo(ANSWERED);
        assertThat(proxy.accepted()).isEqualTo(1);
        assertThat(proxy.bytesFromServer()).isEqualTo(1);
        assertThat(proxy.bytesFromClient()).isEqualTo(8);
        proxy.awaitOpenConnections(0);
    }

    @Test
    void refusesAndComesBackOnItsPort() throws IOException {
        for (int i = 0; i < 3; i++) {
            proxy.behave(Behaviour.refuse());
            assertThat(probe(SOON)).isEqualTo(REFUSED);
            proxy.behave(Behaviour.pass());
            assertThat(probe(SOON)).isEqualTo(ANSWERED);
        }
    }

    @Test
    void becomesABlackHoleAndComesBack() throws IOException {
        proxy.behave(Behaviour.blackHole());
        assertThat(probe(BRIEFLY)).isEqualTo(HUNG_IN_CONNECT);
        assertThat(proxy.accepted()).isZero();

        proxy.behave(Behaviour.pass());
        assertThat(probe(SOON)).isEqualTo(ANSWERED);
    }

    @Test
    void staysSilentToThoseWhoCameInSilence() throws IOException {
        proxy.behave(Behaviour.silent());
        try (Socket early = new Socket(proxy.address(), proxy.port())) {
            assertThat(Probe.ask(early, BRIEFLY)).isEqualTo(SILENT);

            proxy.behave(Behaviour.pass());

            assertThat(probe(SOON)).isEqualTo(ANSWERED);
            assertThat(Probe.listen(early, BRIEFLY)).isEqualTo(SILENT);
            assertThat(proxy.openConnections()).isGreaterThanOrEqualTo(1);
        }
        proxy.awaitOpenConnections(0);
    }

    @Test
    void swallows() throws IOException {
        proxy.behave(Behaviour.swallow());
        try (Socket client = new Socket(proxy.address(), proxy.port())) {
            client.getOutputStream().write(new byte[4 * 1024 * 1024]);
            assertThat(Probe.ask(client, BRIEFLY)).isEqualTo(SILENT);
        }
        proxy.awaitOpenConnections(0);
    }

    @Test
    void isSilentForAWhileAndThenServesAll() throws IOException {
        proxy.behave(Behaviour.silentFor(Duration.ofMillis(400)));
        try (Socket early = new Socket(proxy.address(), proxy.port())) {
            assertThat(Probe.ask(early, BRIEFLY)).isEqualTo(SILENT);
            assertThat(Probe.listen(early, SOON)).isEqualTo(ANSWERED);
        }
        assertThat(probe(BRIEFLY)).isEqualTo(ANSWERED);
    }

    @Test
    void answersEachAfterAWhile() throws IOException {
        proxy.behave(Behaviour.answerAfter(Duration.ofMillis(300)));
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThat(probe(SOON)).isEqualTo(ANSWERED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void opensNoBackendForAClientThatLeftInSilence(PostgresServer server) throws Exception {
        proxy.behave(Behaviour.answerAfter(Duration.ofSeconds(60)));
        assertThat(probe(BRIEFLY)).isEqualTo(SILENT);
        proxy.awaitOpenConnections(0);
        assertThat(proxy.bytesFromClient()).isZero();
    }

    @Test
    void acceptsOneAfterTheOther() throws IOException {
        proxy.behave(Behaviour.delayAccept(Duration.ofMillis(200)));
        try (Socket first = new Socket(proxy.address(), proxy.port());
                Socket second = new Socket(proxy.address(), proxy.port())) {
            long start = System.nanoTime();
            assertThat(Probe.ask(first, SOON)).isEqualTo(ANSWERED);
            assertThat(Probe.ask(second, SOON)).isEqualTo(ANSWERED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void resets() throws IOException {
        proxy.behave(Behaviour.rst());
        assertThat(probe(SOON)).isEqualTo(RESET);
    }

    @Test
    void closes() throws IOException {
        proxy.behave(Behaviour.fin());
        try (Socket client = new Socket(proxy.address(), proxy.port())) {
            assertThat(Probe.listen(client, SOON)).isEqualTo(CLOSED);
        }
    }

    @Test
    void closesOnlyItsOwnSide() throws IOException {
        proxy.behave(Behaviour.halfClose());
        try (Socket client = new Socket(proxy.address(), proxy.port())) {
            assertThat(Probe.listen(client, SOON)).isEqualTo(CLOSED);
            for (int i = 0; i < 10; i++) {
                assertThat(Probe.ask(client, SOON)).isEqualTo(CLOSED);
            }
            assertThat(proxy.openConnections()).isEqualTo(1);
        }
        proxy.awaitOpenConnections(0);
    }

    @Test
    void changesItsMindAfterSomeConnections() throws IOException {
        proxy.behave(Behaviour.times(2, Behaviour.rst(), Behaviour.pass()));
        assertThat(probe(SOON)).isEqualTo(RESET);
        assertThat(probe(SOON)).isEqualTo(RESET);
        assertThat(probe(SOON)).isEqualTo(ANSWERED);
        assertThatThrownBy(() -> Behaviour.times(1, Behaviour.refuse(), Behaviour.pass()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stallsAndResumesWhatIsOpen() throws IOException {
        try (Socket client = new Socket(proxy.address(), proxy.port())) {
            assertThat(Probe.ask(client, SOON)).isEqualTo(ANSWERED);
            proxy.stallOpen();
            assertThat(Probe.ask(client, BRIEFLY)).isEqualTo(SILENT);
            assertThat(probe(SOON)).isEqualTo(ANSWERED);
            proxy.resumeOpen();
            assertThat(Probe.listen(client, SOON)).isIn(ANSWERED, CLOSED);
            proxy.resetOpen();
            proxy.awaitOpenConnections(0);
        }
    }

    @Test
    void resetsTheClientWhenTheServerIsNotThere() throws IOException {
        try (FaultProxy orphan = FaultProxy.to(Loopback.nobodyHome())) {
            assertThat(Probe.of(orphan.socketAddress(), SOON)).isEqualTo(RESET);
        }
    }

    @Test
    void closedItLeavesNeitherThreadNorSocket() throws IOException {
        assertThat(probe(SOON)).isEqualTo(ANSWERED);
        proxy.awaitOpenConnections(0);
        proxy.close();
        int sockets = OpenSockets.count().orElse(0);
        FaultProxy other = FaultProxy.to(proxy.socketAddress()).behave(Behaviour.silent());
        try (Socket client = new Socket(other.address(), other.port())) {
            String threads = "lab-proxy-" + other.port();
            Await.until(
                    "two threads",
                    Duration.ofSeconds(10),
                    () -> ThreadCensus.named(threads).size() == 2);
            other.close();
            assertThat(ThreadCensus.named(threads)).isEmpty();
            assertThat(Probe.listen(client, SOON)).isEqualTo(RESET);
            assertThatThrownBy(() -> other.behave(Behaviour.pass())).isInstanceOf(IllegalStateException.class);
        }
        // those of others may go meanwhile
        assertThat(OpenSockets.count().orElse(0)).isLessThanOrEqualTo(sockets);
    }

    @Test
    void rejectsANegativeCount() {
        assertThatThrownBy(() -> Behaviour.stallAfter(-1)).hasMessage("stallAfter must not be negative, but was -1");
    }
}
