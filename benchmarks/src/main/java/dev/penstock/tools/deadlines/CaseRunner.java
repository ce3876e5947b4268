package dev.penstock.tools.deadlines;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.StallMonitor;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one case: sets its stage, lets its clients connect all at once, watches the machine meanwhile. */
final class CaseRunner {
    /** A connect that is not back this long after its deadline hangs, and is left to itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresServer server;
    private final Duration deadline;
    private final int clients;

    CaseRunner(PostgresServer server, Duration deadline, int clients) {
        this.server = server;
        this.deadline = deadline;
        this.clients = clients;
    }

    CaseRun run(FaultCase fault) throws Exception {
        try (Stage stage = new Stage(server)) {
            fault.staging().set(stage);
            PenstockConnector connector = stage.connector(deadline);
            try (StallMonitor monitor = StallMonitor.start()) {
                List<Ending> endings = connectAllAtOnce(connector, fault.isCrowd() ? fault.clients() : clients);
                return new CaseRun(fault, endings, monitor.max().toNanos());
            }
        }
    }

    private List<Ending> connectAllAtOnce(PenstockConnector connector, int count) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Ending>> clientsUnderWay = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            clientsUnderWay.add(client("client-" + i, connector, start));
        }
        start.countDown();
        long startedAt = System.nanoTime();
        List<Ending> endings = new ArrayList<>();
        for (CompletableFuture<Ending> client : clientsUnderWay) {
            endings.add(await(client, startedAt));
        }
        return endings;
    }

    private CompletableFuture<Ending> client(String name, PenstockConnector connector, CountDownLatch start) {
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        start.await();
                        ending.complete(connect(connector));
                    } catch (Throwable e) { // nobody else would hear of it
                        ending.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return ending;
    }

    private Ending connect(PenstockConnector connector) {
        long startedAt = System.nanoTime();
        try (Connection connection = connector.getConnection()) {
            long elapsed = System.nanoTime() - startedAt;
            return connection.isClosed()
                    ? Ending.failed(new SQLException("connected, but closed"), elapsed, deadline.toNanos())
                    : Ending.connected(elapsed, deadline.toNanos());
        } catch (SQLException | RuntimeException e) {
            return Ending.failed(e, System.nanoTime() - startedAt, deadline.toNanos());
        }
    }

    private Ending await(CompletableFuture<Ending> client, long startedAt) throws InterruptedException {
        long patience = startedAt + deadline.toNanos() + PATIENCE.toNanos() - System.nanoTime();
        try {
            return client.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Ending.hung(System.nanoTime() - startedAt, deadline.toNanos());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return Ending.failed(cause == null ? e : cause, System.nanoTime() - startedAt, deadline.toNanos());
        }
    }
}
