package dev.penstock.tools.breaker;

import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** From the fault to the open breaker, with callers that want connections. */
final class Opening {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration LIMIT = DEADLINE.multipliedBy(2);

    private Opening() {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            rows.add(row(fault + ", connections reset", means, () -> afterReset(means, fault)));
        }
        rows.add(row("silent peer, idle connections silent too", means, () -> allSilent(means)));
        return rows;
    }

    private static Row row(String fault, Means means, Callable<Long> once) throws Exception {
        Repeats<Long> runs = Repeats.measure(means.plan().openings(), nanos -> nanos <= LIMIT.toNanos(), once);
        long worst = Text.max(runs.values());
        means.progress().accept(fault + ": open after " + Text.seconds(worst));
        return Row.of(
                        "fault to open breaker, deadline 1 s: " + fault,
                        "worst " + Text.seconds(worst) + " of " + runs.counted().size(),
                        "2 x deadline",
                        RowVerdict.of(worst <= LIMIT.toNanos()))
                .with(runs.remarks(Text::seconds))
                .with(Map.of("millis", Text.allMillis(runs.values())));
    }

    private static long afterReset(Means means, Fault fault) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), Setup.DEFAULTS.withDeadline(DEADLINE))) {
            Borrowers borrowers = Borrowers.busy(stage.pool());
            long struckAt = stage.strike(fault);
            return openedAfter(stage, struckAt, borrowers);
        }
    }

    private static long allSilent(Means means) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), Setup.DEFAULTS.withDeadline(DEADLINE))) {
            stage.outlastAliveBypass();
            long struckAt = stage.silence();
            return openedAfter(stage, struckAt, Borrowers.start(stage.pool()));
        }
    }

    private static long openedAfter(Stage stage, long struckAt, Borrowers borrowers) throws InterruptedException {
        long openedAt = stage.events().awaitOpened(Stage.PATIENCE);
        stage.heal();
        stage.proxy().resetOpen();
        List<Call> unused = borrowers.end(Duration.ofSeconds(1));
        return openedAt - struckAt;
    }
}
