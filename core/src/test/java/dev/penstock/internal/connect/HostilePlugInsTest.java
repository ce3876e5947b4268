package dev.penstock.internal.connect;

import static dev.penstock.internal.connect.Connectors.FAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.NameResolver;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.internal.connect.Callers.Answer;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners, resolvers and suppliers are other people's code. */
@NoLeftovers
class HostilePlugInsTest {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration OVERSHOOT = Duration.ofSeconds(1);
    private static final String NAME = "db.penstock.test";

    static Stream<Supplier<Throwable>> whatListenersThrow() {
        return Stream.of(
                () -> new IllegalStateException("on purpose"),
                () -> new AssertionError("on purpose"),
                () -> new Error("on purpose"),
                () -> new IOException("checked"));
    }

    @ParameterizedTest
    @MethodSource("whatListenersThrow")
    void aThrowingListenerDoesNotKeepAConnectFromSucceeding(Supplier<Throwable> what) throws Exception {
        try (SilentServer silent = SilentServer.at(Loopback.address(31), Loopback.freePort());
                FakePostgres server =
                        FakePostgres.at(Loopback.address(32), silent.port(), PgScript.readyThenSilence());
                PenstockConnector connector = to(
                        silent.port(), FAR, host -> List.of(silent.address(), server.address()), new Saboteur(what))) {
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.failure()).isNull();
            answer.connection().abort(Runnable::run);
            silent.awaitOpenConnections(0);
        }
    }

    @ParameterizedTest
    @MethodSource("whatListenersThrow")
    void aThrowingListenerDoesNotDelayAFailure(Supplier<Throwable> what) throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.full());
                PenstockConnector connector =
                        to(server.port(), FAR, host -> List.of(server.address()), new Saboteur(what))) {
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.SERVER_FULL);
        }
    }

    @Test
    void eventsComeInTheOrderInWhichThingsHappen() throws Exception {
        Recorder recorder = new Recorder();
        try (FakePostgres dead = FakePostgres.at(Loopback.address(33), Loopback.freePort(), Behaviour.rst());
                FakePostgres server = FakePostgres.at(Loopback.address(34), dead.port(), PgScript.readyThenSilence());
                PenstockConnector connector =
                        to(dead.port(), FAR, host -> List.of(dead.address(), server.address()), recorder)) {
            Answer answer = Callers.start(connector).answer();
            answer.connection().abort(Runnable::run);
        }

        assertThat(recorder.events).containsExactly("started", "attempt BROKEN", "attempt CONNECTED", "succeeded");
    }

    static Stream<NameResolver> badResolvers() {
        return Stream.of(
                host -> {
                    throw new IllegalStateException("on purpose");
                },
                host -> {
                    throw new StackOverflowError();
                },
                host -> List.of(),
                host -> null);
    }

    @ParameterizedTest
    @MethodSource("badResolvers")
    void aResolverThatFailsIsAFailedLookUp(NameResolver resolver) throws Exception {
        try (PenstockConnector connector = to(1, FAR, resolver, new Recorder())) {
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.UNREACHABLE);
            assertThat(answer.details().phase()).isEqualTo(ConnectPhase.DNS);
            assertThat(((SQLException) answer.failure()).getSQLState()).isEqualTo("08001");
        }
    }

    @Test
    void aResolverThatHangsCostsTheDeadlineAndOneThread() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        NameResolver hanging = host -> {
            calls.incrementAndGet();
            awaitQuietly(release);
            return List.of(InetAddress.getLoopbackAddress());
        };
        try (PenstockConnector connector = to(1, SHORT, hanging, new Recorder())) {
            for (int i = 0; i < 3; i++) {
                Answer answer = Callers.start(connector).answer();
                assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
                assertThat(answer.details().phase()).isEqualTo(ConnectPhase.DNS);
                assertThat(answer.took()).isBetween(SHORT, SHORT.plus(OVERSHOOT));
            }
            assertThat(calls).hasValue(1);
        } finally {
            release.countDown();
        }
    }

    static Stream<CredentialsSupplier> badSuppliers() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                () -> {
                    throw new NoClassDefFoundError("sdk");
                },
                () -> null);
    }

    @ParameterizedTest
    @MethodSource("badSuppliers")
    void aSupplierThatFailsEndsTheConnectBeforeAnyServerIsAsked(CredentialsSupplier supplier) throws Exception {
        try (SilentServer server = SilentServer.start();
                PenstockConnector connector =
                        Connectors.to(server.port(), FAR, connect -> connect.credentials(supplier))) {
            Answer answer = Callers.start(connector).answer();

            assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS);
            assertThat(answer.details().phase()).isEqualTo(ConnectPhase.CREDENTIALS);
            assertThat(answer.failure().getCause()).isNotNull();
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void aSupplierThatHangsCostsTheDeadlineAndIsNotCalledAgain() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                PenstockConnector connector = Connectors.to(
                        server.port(),
                        SHORT,
                        connect -> connect.credentials(() -> {
                            calls.incrementAndGet();
                            awaitQuietly(release);
                            return new Credentials("app", "x");
                        }))) {
            Answer first = Callers.start(connector).answer();
            assertThat(first.details().outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS);
            assertThat(first.took()).isBetween(SHORT, SHORT.plus(OVERSHOOT));

            Callers.Call second = Callers.start(connector);
            release.countDown();
            assertThat(second.answer().failure()).isNull();
            assertThat(calls.get()).isBetween(1, 2);
            second.answer().connection().abort(Runnable::run);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("threads that call plug-ins are not interrupted", e);
        }
    }

    private static PenstockConnector to(int port, Duration deadline, NameResolver resolver, PenstockListener listener) {
        return Connectors.to(NAME, port, deadline, connect -> connect.resolver(resolver), listener);
    }
}
