package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.SilentServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Expiry against real sockets, whatever they are in the middle of. */
class HandOverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROUNDS = 3000;

    private final HandOver handOver = new HandOver();

    @Test
    void anExpiredSocketDoesNotConnect() throws IOException {
        try (SilentServer server = SilentServer.start();
                Socket socket = new Socket()) {
            handOver.admit(socket);
            assertThat(handOver.expire()).isTrue();

            assertThatThrownBy(() -> socket.connect(server.socketAddress())).isInstanceOf(SocketException.class);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void nothingIsAdmittedAfterExpiry() throws IOException {
        handOver.expire();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> handOver.admit(socket)).hasMessageContaining("after its deadline");
            assertThat(socket.isClosed()).isTrue();
        }
        assertThat(handOver.establish()).isFalse();
    }

    @Test
    void anEstablishedSessionIsNotClosedByALateExpiry() throws IOException {
        try (SilentServer server = SilentServer.start();
                Socket socket = new Socket()) {
            handOver.admit(socket);
            socket.connect(server.socketAddress());
            assertThat(handOver.establish()).isTrue();

            assertThat(handOver.expire()).isFalse();
            assertThat(socket.isClosed()).isFalse();
        }
    }

    /** A close that comes between the check and the creation of the descriptor in {@link Socket#connect}. */
    @Test
    void aConnectThatHasJustBegunIsClosedToo() throws Exception {
        ExecutorService dialler = Executors.newSingleThreadExecutor();
        List<Socket> kept = new ArrayList<>(); // a cleaner would close what has been leaked
        try (SilentServer server = SilentServer.start()) {
            CyclicBarrier together = new CyclicBarrier(2);
            for (int i = 0; i < ROUNDS; i++) {
                HandOver expiring = new HandOver();
                Socket socket = new Socket();
                kept.add(socket);
                Future<?> dial = dialler.submit(() -> dial(server, expiring, socket, together));
                together.await();
                expiring.expire();
                dial.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(socket.isClosed()).isTrue();
            }
            Await.until("the end of all of them", PATIENCE, () -> server.openConnections() == 0);
        } finally {
            dialler.shutdown();
        }
        assertThat(kept).hasSize(ROUNDS);
    }

    private static Void dial(SilentServer server, HandOver handOver, Socket socket, CyclicBarrier together)
            throws Exception {
        try {
            handOver.admit(socket);
            together.await();
            socket.connect(server.socketAddress());
        } catch (IOException e) {
            assertThat(socket.isClosed()).isTrue();
        }
        return null;
    }
}
