package dev.penstock.tools.breaker;

import dev.penstock.tools.report.Repeats.Reading;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How often one instance tries to open a session during an outage, with callers that want connections all the time.
 *
 * <p>Counted are connects to the one address, from the fault on; where the server accepts also what it accepts.
 */
final class SessionAttempts {
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    /** What an outage begins with, before the pauses are long: of no account in a minute, but in a few seconds. */
    private static final int BEGINNING = 3;

    private static final long MINUTE = 60;

    private SessionAttempts() {}

    static List<Row> rows(Means means) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Fault.values().length);
        try {
            List<Callable<Row>> all = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                all.add(() -> row(means, fault));
            }
            List<Row> rows = new ArrayList<>();
            for (Future<Row> row : threads.invokeAll(all)) {
                rows.add(row.get());
            }
            return rows;
        } finally {
            threads.shutdownNow();
        }
    }

    /** 60 in a minute, and in proportion in a shorter outage, but for its beginning. */
    static long limit(Duration outage) {
        return outage.toSeconds() + (outage.toSeconds() < MINUTE ? BEGINNING : 0);
    }

    private static Row row(Means means, Fault fault) throws Exception {
        Duration outage = means.plan().attempts();
        try (Stage stage = Stage.healthy(means.server(), Setup.DEFAULTS.withDeadline(DEADLINE))) {
            Borrowers borrowers = Borrowers.busy(stage.pool());
            int connectsBefore = stage.events().connects();
            int acceptedBefore = stage.proxy().accepted();
            stage.strike(fault);
            Reading<Long> stalls = Reading.of(() -> {
                Thread.sleep(outage.toMillis());
                return 0L;
            });
            int connects = stage.events().connects() - connectsBefore;
            int accepted = stage.proxy().accepted() - acceptedBefore;
            stage.heal();
            List<Call> unused = borrowers.end(Duration.ofSeconds(1));
            return row(fault, outage, connects, accepted, stalls.stallNanos());
        }
    }

    private static Row row(Fault fault, Duration outage, int connects, int accepted, long stallNanos) {
        int attempts = Math.max(connects, accepted);
        return Row.of(
                        "session attempts in an outage of " + Text.seconds(outage) + ": " + fault,
                        Integer.toString(attempts),
                        Long.toString(limit(outage)),
                        RowVerdict.of(attempts <= limit(outage)))
                .with(List.of(connects + " connects, " + accepted + " accepted; stall " + Text.millis(stallNanos)))
                .with(Map.of("connects", connects, "accepted", accepted));
    }
}
