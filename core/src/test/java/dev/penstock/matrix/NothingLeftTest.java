package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a connect ends, no thread, no socket and no server backend of it is left. */
@WithPostgres(tls = true)
class NothingLeftTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration FAR = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CONNECTS = 200;
    private static final int AT_ONCE = 20;

    private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    private PostgresServer server;

    @BeforeEach
    void useAndConnectOnce(PostgresServer shared) throws SQLException {
        server = shared;
        assertThat(Handshake.length(server, Mode.PLAIN)).isPositive();
    }

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    @Test
    void afterTwoHundredExpiredConnects() throws Exception {
        try (Wreckage wreckage = new Wreckage(server, SHORT);
                Leftovers leftovers = Leftovers.since(server)) {
            for (Future<Failure> caller : callers.invokeAll(connects(wreckage, CONNECTS))) {
                assertThat(caller.get().details().outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            }
            leftovers.assertNone();
            assertThat(wreckage.accepted()).isGreaterThan(CONNECTS / 2);
        }
    }

    private static List<Callable<Failure>> connects(Wreckage wreckage, int count) {
        List<Callable<Failure>> connects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PenstockConnector connector = wreckage.connector(i);
            connects.add(() -> Failure.of(connector));
        }
        return connects;
    }

    /** What makes the test above worth having: a backend that exists while the client still waits. */
    @Test
    void afterTheServerHasMadeItsBackend() throws Exception {
        int length = Handshake.length(server, Mode.PLAIN);
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Wreckage.lastMessageMissing(length));
                PenstockConnector connector = Connectors.through(proxy, server, Mode.PLAIN, Duration.ofSeconds(3));
                Leftovers leftovers = Leftovers.since(server)) {
            Future<Failure> caller = callers.submit(() -> Failure.of(connector));
            Await.until("a backend", PATIENCE, () -> leftovers.backends() == 1);
            assertThat(leftovers.newProcesses()).isIn(1L, Leftovers.UNSEEN);
            assertThat(leftovers.now().threads()).isPositive();

            assertThat(caller.get().details().outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            leftovers.assertNone();
        }
    }

    @Test
    void afterTheConnectorWasClosedInTheMiddle() throws Exception {
        try (Wreckage wreckage = new Wreckage(server, FAR);
                Leftovers leftovers = Leftovers.since(server)) {
            List<Future<Failure>> waiting = new ArrayList<>();
            connects(wreckage, AT_ONCE).forEach(connect -> waiting.add(callers.submit(connect)));
            awaitInTheMiddle(wreckage, leftovers);

            wreckage.closeConnectors();

            for (Future<Failure> caller : waiting) {
                assertThat(caller.get().details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
                assertThat(caller.get().took()).isLessThan(FAR);
            }
            leftovers.assertNone();
        }
    }

    @Test
    void afterTheCallersWereInterrupted() throws Exception {
        try (Wreckage wreckage = new Wreckage(server, FAR);
                Leftovers leftovers = Leftovers.since(server)) {
            List<Thread> threads = new ArrayList<>();
            List<CompletableFuture<Failure>> failures = new ArrayList<>();
            List<CompletableFuture<Boolean>> flags = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                PenstockConnector connector = wreckage.connector(i);
                CompletableFuture<Failure> failure = new CompletableFuture<>();
                CompletableFuture<Boolean> flag = new CompletableFuture<>();
                threads.add(new Thread(() -> {
                    failure.complete(Failure.of(connector));
                    flag.complete(Thread.currentThread().isInterrupted());
                }));
                failures.add(failure);
                flags.add(flag);
            }
            threads.forEach(Thread::start);
            awaitInTheMiddle(wreckage, leftovers);

            threads.forEach(Thread::interrupt);

            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(failures.get(i).get().details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
                assertThat(flags.get(i).get())
                        .as("the flag of the interrupted thread")
                        .isTrue();
            }
            leftovers.assertNone();
        }
    }

    /** All callers are under way, and those stalled last have a backend each. */
    private static void awaitInTheMiddle(Wreckage wreckage, Leftovers leftovers) {
        int unreachable = (AT_ONCE + wreckage.kinds() - 1) / wreckage.kinds();
        Await.until("accepted connects", PATIENCE, () -> wreckage.accepted() >= AT_ONCE - unreachable);
        Await.until("backends", PATIENCE, () -> leftovers.backends() >= 2);
    }

    @Test
    void afterAnInterruptThatCameBeforeTheCall() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector = Connectors.through(proxy, server, Mode.PLAIN, FAR);
                Leftovers leftovers = Leftovers.since(server)) {
            Future<Boolean> caller = callers.submit(() -> {
                Thread.currentThread().interrupt();
                assertThat(Failure.of(connector).details().outcome()).isEqualTo(ConnectOutcome.ABANDONED);
                return Thread.interrupted();
            });
            assertThat(caller.get()).isTrue();
            leftovers.assertNone();
        }
    }
}
