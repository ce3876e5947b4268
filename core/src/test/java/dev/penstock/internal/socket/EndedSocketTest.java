package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeoutException;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.TlsMaterial;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever uses a socket that was ended is told why, whichever way it is used, and whatever is laid over it. */
@Tag("tls")
class EndedSocketTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static TlsMaterial material;

    @BeforeAll
    static void issue() {
        material = TlsMaterial.forNames("db.penstock.test");
    }

    @AfterAll
    static void dispose() throws IOException {
        material.close();
    }

    /** What is laid over it. */
    enum Layer {
        NONE,
        TLS_1_2,
        TLS_1_3
    }

    /** Connected, and used once, so that there is an exchange to be ended. */
    private static final class Conversation implements AutoCloseable {
        final Pair pair;
        final Socket ours;
        final Socket theirs;

        Conversation(Layer layer) throws Exception {
            pair = Pair.connect(System::nanoTime, new Recording());
            pair.ours().stopObserving();
            if (layer == Layer.NONE) {
                ours = pair.ours();
                theirs = pair.theirs();
            } else {
                TlsPair secured = TlsPair.over(pair, material, layer == Layer.TLS_1_2 ? "TLSv1.2" : "TLSv1.3");
                ours = secured.ours();
                theirs = secured.theirs();
            }
            ours.getOutputStream().write('Q');
            ours.getOutputStream().flush();
            assertThat(theirs.getInputStream().read()).isEqualTo('Q');
        }

        /** As whoever enforces does. */
        void end() {
            StampedSocket socket = pair.ours();
            Await.until("the exchange is known", SOON, () -> socket.picture() != null);
            long exchange = Objects.requireNonNull(socket.picture()).exchange();
            assertThat(socket.hold(exchange)).isTrue();
            assertThat(socket.end(exchange, EndedSocketTest::because)).isTrue();
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    private static SessionTimeoutException because() {
        return new SessionTimeoutException(
                SessionLimit.IDLE_SESSION,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                7,
                "127.0.0.1:5432",
                SessionTimeoutException.Origin.POOL);
    }

    /** A way to use a socket. */
    enum Use {
        READ {
            @Override
            void of(Socket socket) throws IOException {
                int unused = socket.getInputStream().read();
            }
        },
        READ_SOME {
            @Override
            void of(Socket socket) throws IOException {
                int unused = socket.getInputStream().read(new byte[100], 10, 20);
            }
        },
        WRITE {
            @Override
            void of(Socket socket) throws IOException {
                socket.getOutputStream().write('Q');
                socket.getOutputStream().flush();
            }
        },
        WRITE_MUCH {
            @Override
            void of(Socket socket) throws IOException {
                socket.getOutputStream().write(new byte[100_000], 10, 90_000);
                socket.getOutputStream().flush();
            }
        },
        AVAILABLE {
            @Override
            void of(Socket socket) throws IOException {
                int unused = socket.getInputStream().available();
            }
        },
        SET_SO_TIMEOUT {
            @Override
            void of(Socket socket) throws IOException {
                socket.setSoTimeout(1);
            }
        },
        GET_SO_TIMEOUT {
            @Override
            void of(Socket socket) throws IOException {
                int unused = socket.getSoTimeout();
            }
        };

        abstract void of(Socket socket) throws IOException;
    }

    static Stream<Arguments> everyUse() {
        return Stream.of(Layer.values())
                .flatMap(layer -> Stream.of(Use.values())
                        // TLS has an answer of its own: nothing is there
                        .filter(use -> layer == Layer.NONE || use != Use.AVAILABLE)
                        .map(use -> Arguments.of(layer, use)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyUse")
    void theFirstUseSaysWhyAndUntilThenItIsOpen(Layer layer, Use use) throws Exception {
        try (Conversation one = new Conversation(layer)) {
            one.end();
            assertThat(one.pair.ours().isClosed())
                    .as("closed, though nobody was told")
                    .isFalse();
            assertThat(one.ours.isClosed())
                    .as("the same, of what is laid over it")
                    .isFalse();

            assertSays(Objects.requireNonNull(catchThrowableOfType(IOException.class, () -> use.of(one.ours))));
            assertThat(one.pair.ours().isClosed())
                    .as("closed, and somebody was told")
                    .isTrue();
        }
    }

    /** The driver may have looked at something else first. */
    @ParameterizedTest
    @EnumSource
    void soDoesEveryUseAfterIt(Use use) throws Exception {
        try (Conversation one = new Conversation(Layer.NONE)) {
            one.end();
            for (Use other : Use.values()) {
                assertSays(Objects.requireNonNull(catchThrowableOfType(IOException.class, () -> other.of(one.ours))));
                assertSays(Objects.requireNonNull(catchThrowableOfType(IOException.class, () -> use.of(one.ours))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsBlockedInAReadIsFreed(Layer layer) throws Exception {
        try (Conversation one = new Conversation(layer)) {
            CompletableFuture<IOException> failed = blockedIn(() -> Use.READ.of(one.ours));
            Await.until("it reads", SOON, () -> {
                SocketPicture seen = one.pair.ours().picture();
                return seen != null && seen.insideRead();
            });
            one.end();

            assertSays(failed.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsBlockedInAWriteIsFreed(Layer layer) throws Exception {
        try (Conversation one = new Conversation(layer)) {
            CompletableFuture<IOException> failed = blockedIn(() -> {
                while (true) {
                    Use.WRITE_MUCH.of(one.ours);
                }
            });
            Await.until("nothing more goes out", SOON, () -> isStuck(one.pair.ours()));
            one.end();

            assertSays(failed.get());
        }
    }

    /** The same write for some time. */
    private static boolean isStuck(StampedSocket socket) {
        SocketPicture seen = socket.picture();
        return seen != null && seen.insideWrite() && System.nanoTime() - seen.writeBegunAt() > 200_000_000;
    }

    @Test
    void aWriterThatWaitsForTheReleaseOfAnExchangeKeepsItsInterrupt() throws Exception {
        try (Conversation one = new Conversation(Layer.NONE)) {
            one.theirs.getOutputStream().write('Z');
            Use.READ.of(one.ours);
            long exchange = Objects.requireNonNull(one.pair.ours().picture()).exchange();
            assertThat(one.pair.ours().hold(exchange)).isTrue();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread writer = new Thread(() -> {
                try {
                    Use.WRITE.of(one.ours);
                    interrupted.complete(Thread.currentThread().isInterrupted());
                } catch (IOException e) {
                    interrupted.completeExceptionally(e);
                }
            });
            writer.start();
            Await.until("it waits", SOON, () -> writer.getState() == Thread.State.TIMED_WAITING);
            writer.interrupt();
            assertThat(interrupted).isNotDone();
            one.pair.ours().release(exchange);

            assertThat(interrupted.get()).isTrue();
            assertThat(one.theirs.getInputStream().read()).isEqualTo('Q');
            writer.join();
        }
    }

    @Test
    void aSocketThatSomebodyElseClosesSaysNothingOfOurs() throws Exception {
        try (Conversation one = new Conversation(Layer.NONE)) {
            one.ours.close();
            assertThat(one.ours.isClosed()).isTrue();

            for (Use use : Use.values()) {
                assertThat(catchThrowableOfType(IOException.class, () -> use.of(one.ours)))
                        .as(use.name())
                        .isNotInstanceOf(SessionTimeoutException.class);
            }
        }
    }

    private interface Blocking {
        void run() throws IOException;
    }

    private static CompletableFuture<IOException> blockedIn(Blocking use) {
        CompletableFuture<IOException> failed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                use.run();
                failed.completeExceptionally(new AssertionError("it came back"));
            } catch (IOException e) {
                failed.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return failed;
    }

    /** As it is, or as the cause of what TLS makes of it. */
    private static void assertSays(IOException thrown) {
        assertThat(thrown).isInstanceOf(SocketException.class);
        assertThat(thrown).isInstanceOf(SessionTimeoutException.class);
    }
}
