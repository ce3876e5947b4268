package dev.penstock.tools.breaker;

import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pool that has idle connections and cannot make more: every call for which there is one is to be served.
 *
 * <p>Twenty callers for five connections, so that the pool wants more all the time; each call is to be served by one
 * that comes back.
 */
final class IdleServed {
    private static final int IDLE = 5;
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private IdleServed() {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            rows.add(row(means, fault));
        }
        return rows;
    }

    private static Row row(Means means, Fault fault) throws Exception {
        Setup setup = Setup.DEFAULTS.withDeadline(DEADLINE).withIdle(IDLE);
        try (Stage stage = Stage.healthy(means.server(), setup)) {
            fault.onConnects(stage.proxy());
            openBreaker(stage);
            Borrowers borrowers = Borrowers.start(stage.pool());
            Thread.sleep(means.plan().idle().toMillis());
            boolean open = stage.events().closings() == 0;
            return row(fault, borrowers.end(Duration.ofSeconds(31)), open);
        }
    }

    /** All idle connections are on loan and one more is wanted, until three connects have failed. */
    private static void openBreaker(Stage stage) throws Exception {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            held.add(stage.pool().getConnection());
        }
        Borrower oneMore = Borrower.start(stage.pool(), "borrower-one-more");
        stage.events().awaitOpened(Stage.PATIENCE);
        oneMore.end();
        for (Connection connection : held) {
            connection.close();
        }
        oneMore.join(Stage.PATIENCE.toMillis());
    }

    private static Row row(Fault fault, List<Call> calls, boolean open) {
        long served = calls.stream().filter(Call::usable).count();
        Optional<Throwable> refusal = calls.stream()
                .filter(call -> !call.usable())
                .map(call -> call.refusal() != null ? call.refusal() : call.fault())
                .findFirst();
        long longest = calls.stream().mapToLong(Call::nanos).max().orElse(0);
        List<String> remarks = new ArrayList<>(List.of("longest borrow " + Text.millis(longest)));
        refusal.ifPresent(why -> remarks.add("not served: " + Row.firstLine(why)));
        return Row.of(
                        "idle connections served while creation fails: " + fault,
                        served + " of " + calls.size() + (open ? "" : ", THE OUTAGE ENDED"),
                        "100 %",
                        RowVerdict.of(open && served == calls.size()))
                .with(remarks)
                .with(Map.of("served", served, "calls", calls.size()));
    }
}
