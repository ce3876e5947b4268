package dev.penstock.tools.breaker;

import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that is killed and started again, everything at its defaults: no borrow may fail. */
final class Restart {
    /** Before the kill and after the new start. */
    private static final Duration WORK = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Restart() {}

    /**
     * One restart.
     *
     * @param away from the kill to the new server
     * @param calls borrows in all
     * @param failed borrows that ended without a connection
     * @param longest borrow
     * @param broken connections that broke while they were on loan, or were found broken right after
     */
    record Run(long away, int calls, long failed, long longest, long broken, boolean servedAgain) {}

    static List<Row> rows(Means means) throws Exception {
        Repeats<Run> runs = Repeats.measure(
                means.plan().restarts(),
                run -> run.failed() == 0,
                () -> run(means.plan().restart()));
        long failed = runs.values().stream().mapToLong(Run::failed).sum();
        int calls = runs.values().stream().mapToInt(Run::calls).sum();
        boolean servedAgain = runs.values().stream().allMatch(Run::servedAgain);
        return List.of(Row.of(
                        Text.seconds(means.plan().restart()) + " restart, all defaults, 20 callers: failed borrows",
                        failed + " of " + calls + (servedAgain ? "" : ", NOT SERVED AGAIN"),
                        "0",
                        RowVerdict.of(failed == 0 && servedAgain))
                .with(runs.values().stream().map(Restart::remark).toList())
                .with(Map.of("failed", failed, "calls", calls)));
    }

    private static String remark(Run run) {
        return "away for " + Text.seconds(run.away()) + ", longest borrow " + Text.seconds(run.longest()) + "; "
                + run.broken() + " connections broke on loan";
    }

    private static Run run(Duration outage) throws Exception {
        try (PostgresServer server = PostgresServer.start();
                PenstockHikariDataSource pool = Stage.direct(server, Setup.DEFAULTS, new Events())) {
            Borrowers borrowers = Borrowers.busy(pool);
            Thread.sleep(WORK.toMillis());
            long killedAt = System.nanoTime();
            server.kill9();
            Thread.sleep(outage.toMillis());
            server.restart();
            long backAt = System.nanoTime();
            boolean served = Await.holdsWithin(PATIENCE, () -> borrowers.allServedSince(backAt));
            Thread.sleep(WORK.toMillis());
            return run(backAt - killedAt, borrowers.end(PATIENCE), served);
        }
    }

    private static Run run(long away, List<Call> calls, boolean served) {
        return new Run(
                away,
                calls.size(),
                calls.stream().filter(call -> !call.served()).count(),
                calls.stream().mapToLong(Call::nanos).max().orElse(0),
                calls.stream().filter(call -> call.served() && !call.usable()).count(),
                served);
    }
}
