package dev.penstock.tools.breaker;

import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * By how much calls outlast their limit during outages of every kind: callers borrow before, during and after each.
 * The connect deadline is at its default, thirty times the callers' limit.
 */
final class Limits {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final long BEYOND = Duration.ofMillis(100).toNanos();

    /** Calls and a connect that hangs: both are over by then if they ever are. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    private static final Setup SETUP = Setup.DEFAULTS.withLimit(LIMIT);

    private Limits() {}

    /**
     * One outage.
     *
     * @param calls in all
     * @param beyond calls that took longer than the limit and 100 ms
     * @param overshoot of the longest call; negative if it ended before its limit
     */
    record Run(int calls, long beyond, long overshoot) {
        static Run of(List<Call> calls) {
            return new Run(
                    calls.size(),
                    calls.stream()
                            .filter(call -> call.overshootNanos(LIMIT) > BEYOND)
                            .count(),
                    calls.stream()
                            .mapToLong(call -> call.overshootNanos(LIMIT))
                            .max()
                            .orElseThrow());
        }
    }

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            rows.add(row(fault + ", connections reset", means, () -> struck(means, fault)));
        }
        rows.add(row("silent peer, idle connections silent too", means, () -> allSilent(means)));
        rows.add(row("first use, silent peer", means, () -> firstUse(means, Fault.SILENT)));
        rows.add(row("first use, black hole", means, () -> firstUse(means, Fault.BLACK_HOLE)));
        rows.add(row("server killed and restarted", means, () -> killed(means)));
        rows.add(row("suspended in the gate", means, () -> suspendedInGate(means)));
        rows.add(statedRow("suspended by HikariCP's own suspendPool", means, () -> suspendedInPool(means)));
        return rows;
    }

    private static Row row(String outage, Means means, Callable<Run> once) throws Exception {
        return row(outage, means, Repeats.measure(1, run -> run.beyond() == 0, once));
    }

    /** What HikariCP does by itself is shown, not judged. */
    private static Row statedRow(String outage, Means means, Callable<Run> once) throws Exception {
        Row row = row(outage, means, Repeats.measure(1, run -> true, once));
        return new Row(row.name(), row.measured(), "-", RowVerdict.STATED, row.remarks(), row.figures());
    }

    private static Row row(String outage, Means means, Repeats<Run> runs) {
        Run run = runs.values().get(0);
        means.progress().accept(outage + ": " + overshoot(run));
        return Row.of(
                        "calls beyond their limit of 1 s: " + outage,
                        run.beyond() + " of " + run.calls() + ", " + overshoot(run),
                        "0 beyond + 100 ms",
                        RowVerdict.of(run.beyond() == 0))
                .with(runs.remarks(Limits::overshoot))
                .with(Map.of("calls", run.calls(), "beyond", run.beyond(), "overshootMillis", run.overshoot() / 1e6));
    }

    private static String overshoot(Run run) {
        return run.overshoot() < 0 ? "none at its limit" : "worst +" + Text.millis(run.overshoot());
    }

    private static Run struck(Means means, Fault fault) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), SETUP)) {
            Borrowers borrowers = Borrowers.busy(stage.pool());
            stage.strike(fault);
            return through(stage, means, borrowers);
        }
    }

    private static Run allSilent(Means means) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), SETUP)) {
            stage.outlastAliveBypass();
            stage.silence();
            return through(stage, means, Borrowers.start(stage.pool()));
        }
    }

    private static Run firstUse(Means means, Fault fault) throws Exception {
        try (Stage stage = Stage.unused(means.server(), SETUP, fault)) {
            return through(stage, means, Borrowers.start(stage.pool()));
        }
    }

    /** The rest of the outage, and the way back. */
    private static Run through(Stage stage, Means means, Borrowers borrowers) throws InterruptedException {
        Thread.sleep(means.plan().trouble().toMillis());
        long healedAt = stage.heal();
        stage.proxy().resetOpen();
        return wayBack(borrowers, healedAt);
    }

    private static Run killed(Means means) throws Exception {
        try (PostgresServer server = PostgresServer.start();
                PenstockHikariDataSource pool = Stage.direct(server, SETUP, new Events())) {
            Borrowers borrowers = Borrowers.busy(pool);
            server.kill9();
            Thread.sleep(means.plan().trouble().toMillis());
            server.restart();
            long backAt = System.nanoTime();
            return wayBack(borrowers, backAt);
        }
    }

    private static Run suspendedInGate(Means means) throws Exception {
        try (PenstockHikariDataSource pool = Stage.direct(means.server(), SETUP, new Events())) {
            PenstockDataSource guarded =
                    PenstockDataSource.guard(pool, PoolControl.unknown(LIMIT), pool.unwrap(PenstockConnector.class));
            Borrowers borrowers = Borrowers.busy(guarded);
            guarded.gate().suspend();
            Thread.sleep(means.plan().trouble().toMillis());
            guarded.gate().resume();
            return wayBack(borrowers, System.nanoTime());
        }
    }

    private static Run suspendedInPool(Means means) throws Exception {
        try (PenstockHikariDataSource pool = Stage.suspendable(means.server(), SETUP)) {
            Borrowers borrowers = Borrowers.busy(pool);
            pool.getHikariPoolMXBean().suspendPool();
            Thread.sleep(means.plan().trouble().toMillis());
            pool.getHikariPoolMXBean().resumePool();
            return wayBack(borrowers, System.nanoTime());
        }
    }

    /** Until all are served again, and a while longer. */
    private static Run wayBack(Borrowers borrowers, long from) throws InterruptedException {
        boolean unused = Await.holdsWithin(PATIENCE, () -> borrowers.allServedSince(from));
        Thread.sleep(AFTERWARDS.toMillis());
        return Run.of(borrowers.end(PATIENCE));
    }
}
