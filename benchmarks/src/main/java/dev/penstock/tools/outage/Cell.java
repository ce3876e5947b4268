package dev.penstock.tools.outage;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.StallMonitor;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.Target;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One pool and its callers through one outage, in a JVM of its own.
 *
 * @param watch how long recovery is waited for
 */
record Cell(PoolKind kind, Target target, boolean defaults, Duration watch) {
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    /** After this and a borrow of every caller the pool is full and its code has run. */
    private static final Duration RUN_IN = Duration.ofSeconds(1);

    private static final Duration TO_STOP = Duration.ofMillis(1500);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);
    private static final Duration TO_END = Duration.ofSeconds(3);

    /**
     * Runs it.
     *
     * @param warm told when every caller has been served: the outage may begin
     */
    Figures run(CellSignals signals, Runnable warm) throws Exception {
        loadDriver();
        ThreadsBefore before = ThreadsBefore.now();
        OpenPool pool = Pools.open(kind, target, defaults);
        Borrowers borrowers = Borrowers.start(pool.dataSource(), Limits.CALLERS);
        warmUp(borrowers);
        warm.run();
        try (StallMonitor stalls = StallMonitor.start()) {
            Tally tally = watchOutage(borrowers, signals);
            double stallMillis = stalls.max().toNanos() / 1e6;
            double closeMillis = close(pool);
            List<String> left = before.left(TO_END);
            return figures(tally, borrowers, closeMillis, left, stallMillis);
        }
    }

    /** So that what the driver starts once per JVM is not put down to the pool. */
    private void loadDriver() throws Exception {
        try (Connection connection = DriverManager.getConnection(target.url(), target.user(), target.password())) {
            boolean unused = connection.isValid(5);
        }
    }

    private static void warmUp(Borrowers borrowers) {
        long start = System.nanoTime();
        Await.until(
                "every caller to be served before the outage",
                WARM_UP,
                () -> borrowers.log().everyoneServedSince(start + RUN_IN.toNanos()));
    }

    private Tally watchOutage(Borrowers borrowers, CellSignals signals) {
        long faultAt = signals.faultAt();
        long healedAt = signals.healedAt();
        List<Long> insideAtHealing = borrowers.insideNanos();
        boolean unused = Await.holdsWithin(watch, () -> borrowers.log().everyoneServedSince(healedAt));
        long endedAt = System.nanoTime();
        borrowers.stop(TO_STOP);
        List<Long> insideAtEnd = borrowers.insideNanos();
        return new Tally(
                borrowers.log().calls(), new Timeline(faultAt, healedAt, endedAt), insideAtHealing, insideAtEnd);
    }

    /** How long it took; infinite if it takes too long. */
    private static double close(OpenPool pool) throws InterruptedException {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        long start = System.nanoTime();
        Thread thread = new Thread(() -> complete(pool, closed), CellSignals.THREADS + "close");
        thread.setDaemon(true);
        thread.start();
        try {
            closed.get(TO_CLOSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            System.err.println("the pool could not be closed: " + e.getCause());
        } catch (TimeoutException e) {
            return Double.POSITIVE_INFINITY;
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void complete(OpenPool pool, CompletableFuture<Void> closed) {
        try {
            pool.closing().close();
            closed.complete(null);
        } catch (Exception e) {
            closed.completeExceptionally(e);
        }
    }

    private @Nullable Duration limit() {
        return defaults ? kind.defaultLimit() : Limits.CALLER;
    }

    private Figures figures(
            Tally tally, Borrowers borrowers, double closeMillis, List<String> left, double stallMillis) {
        Timeline timeline = tally.timeline();
        return new Figures(
                (timeline.healedAt() - timeline.faultAt()) / 1e6,
                tally.duringOutage(Outcome.SERVED),
                tally.duringOutage(Outcome.FAILED),
                tally.duringOutage(Outcome.DEAD),
                tally.afterwards(Outcome.FAILED),
                tally.afterwards(Outcome.DEAD),
                tally.longestNanos() / 1e6,
                tally.longestStillRuns(),
                tally.hung(limit()),
                tally.recoveryMillis(),
                tally.everyoneMillis(Limits.CALLERS),
                tally.gapMillis(),
                closeMillis,
                left.size(),
                String.join(", ", left),
                stallMillis,
                borrowers.firstFailure());
    }
}
