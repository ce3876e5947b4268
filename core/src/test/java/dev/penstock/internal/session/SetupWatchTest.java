package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool lends itself a read timeout and gives it back: what lies between is bounded. */
@NoLeftovers
class SetupWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The watch gives a second at least. */
    private static final Duration LONGER_THAN_THE_LEAST = Duration.ofMillis(1300);

    private final AtomicInteger expiries = new AtomicInteger();
    private final CountDownLatch expired = new CountDownLatch(1);
    private StampedSocket socket;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket = new StampedSocket(Ticker.system(), null);
            socket.connect(server.getLocalSocketAddress());
            peer = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        peer.close();
    }

    private void watchUntil(Duration deadline) throws IOException {
        SetupWatch.over(socket, Deadline.after(Ticker.system(), deadline), had -> {
            expiries.incrementAndGet();
            expired.countDown();
        });
    }

    @Test
    void aSetUpThatDoesNotEndIsCutAndTold() throws Exception {
        watchUntil(Duration.ofMillis(1));
        long begun = System.nanoTime();
        socket.setSoTimeout(5000);

        assertThat(expired.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(socket.isClosed()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(expiries).hasValue(1);
    }

    @Test
    void furtherChangesOfTheTimeoutDoNotWindItUpAgain() throws Exception {
        watchUntil(Duration.ofMillis(1));
        socket.setSoTimeout(5000);
        Await.until("the cut, whatever the pool does meanwhile", PATIENCE, () -> {
            changeTimeout();
            return socket.isClosed();
        });

        assertThat(expired.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private void changeTimeout() {
        try {
            socket.setSoTimeout(1 + (int) (System.nanoTime() & 0xfff));
        } catch (IOException e) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void givingTheTimeoutBackEndsTheWatch() throws Exception {
        watchUntil(Duration.ofMillis(1));
        socket.setSoTimeout(5000);
        socket.setSoTimeout(0);

        assertThat(Await.holdsWithin(LONGER_THAN_THE_LEAST, socket::isClosed)).isFalse();
        assertThat(expiries).hasValue(0);
    }

    @Test
    void whatHappensAfterItHasEndedIsNoSetUp() throws Exception {
        watchUntil(Duration.ofMillis(1));
        socket.setSoTimeout(5000);
        socket.setSoTimeout(0);
        socket.setSoTimeout(100);

        assertThat(Await.holdsWithin(LONGER_THAN_THE_LEAST, socket::isClosed)).isFalse();
    }

    @Test
    void aPoolThatNeverChangesTheTimeoutIsNeverCut() throws Exception {
        watchUntil(Duration.ofMillis(1));

        assertThat(Await.holdsWithin(LONGER_THAN_THE_LEAST, socket::isClosed)).isFalse();
    }

    @Test
    void theConnectionsOwnTimeoutIsWhatIsGivenBack() throws Exception {
        socket.setSoTimeout(7000);
        watchUntil(Duration.ofMillis(1));
        socket.setSoTimeout(5000);
        socket.setSoTimeout(7000);

        assertThat(Await.holdsWithin(LONGER_THAN_THE_LEAST, socket::isClosed)).isFalse();
    }

    @Test
    void aSocketThatIsClosedHasNothingLeftToBound() throws Exception {
        watchUntil(Duration.ofMillis(1));
        socket.setSoTimeout(5000);
        socket.close();

        assertThat(expired.await(LONGER_THAN_THE_LEAST.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
    }
}
