package dev.penstock.tools.breaker;

import dev.penstock.lab.Await;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Repeats.Reading;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A server that accepts and says nothing for a while and is well again: how long until callers are served.
 *
 * <p>The pool's connections are reset when it begins, and what was connected meanwhile stays silent for ever. The
 * figure that is judged is the harder one: until every borrower has been served.
 */
final class Recovery {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration MEDIAN = Duration.ofMillis(1500);
    private static final Duration WORST = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Recovery() {}

    /**
     * One outage.
     *
     * @param first until one borrower was served; the patience if none was
     * @param all until every borrower was
     * @param served how many were
     */
    record Run(long first, long all, int served) {
        boolean within(Duration limit) {
            return served == Borrowers.COUNT && all <= limit.toNanos();
        }
    }

    static List<Row> rows(Means means) throws Exception {
        Plan plan = means.plan();
        Repeats<Run> set =
                runs(means, plan.recoveries(), Setup.DEFAULTS.withDeadline(DEADLINE), run -> run.within(WORST));
        Repeats<Run> byDefault = runs(means, plan.recoveriesByDefault(), Setup.DEFAULTS, run -> true);
        String outage = "silent peer " + Text.seconds(plan.outage()) + ", then healthy";
        return List.of(
                judged(outage + ", deadline 1 s: served again after", set),
                row(outage + ", all defaults: served again after", byDefault, "-", RowVerdict.STATED));
    }

    private static Repeats<Run> runs(Means means, int times, Setup setup, Predicate<Run> within) throws Exception {
        Plan plan = means.plan();
        return Repeats.measure(times, plan.parallel(), within, () -> {
            Reading<Run> reading = Reading.of(() -> run(means, setup));
            means.progress()
                    .accept("served again after " + Text.seconds(reading.value().all()));
            return reading;
        });
    }

    private static Run run(Means means, Setup setup) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), setup)) {
            Borrowers borrowers = Borrowers.busy(stage.pool());
            stage.strike(Fault.SILENT);
            Thread.sleep(means.plan().outage().toMillis());
            long healedAt = stage.heal();
            boolean all = Await.holdsWithin(PATIENCE, () -> borrowers.allServedSince(healedAt));
            List<Long> served = borrowers.firstServedAfter(healedAt);
            List<Call> unused = borrowers.end(Duration.ofSeconds(1));
            long none = PATIENCE.toNanos();
            return new Run(
                    served.stream().mapToLong(Long::longValue).min().orElse(none),
                    all ? Text.max(served) : none,
                    served.size());
        }
    }

    private static Row judged(String name, Repeats<Run> runs) {
        double median = Text.medianMillis(all(runs));
        boolean kept = median <= MEDIAN.toMillis() && runs.values().stream().allMatch(run -> run.within(WORST));
        return row(name, runs, "median 1.5 s, worst 3 s", RowVerdict.of(kept));
    }

    private static Row row(String name, Repeats<Run> runs, String limit, RowVerdict verdict) {
        List<Long> first = runs.values().stream().map(Run::first).toList();
        String measured = "median " + Text.seconds((long) (Text.medianMillis(all(runs)) * 1e6)) + ", worst "
                + Text.seconds(Text.max(all(runs))) + " of " + runs.counted().size();
        return Row.of(name, measured, limit, verdict)
                .with(remarks(runs, first))
                .with(Map.of("allServedMillis", Text.allMillis(all(runs)), "firstServedMillis", Text.allMillis(first)));
    }

    private static List<String> remarks(Repeats<Run> runs, List<Long> first) {
        ArrayList<String> remarks = new ArrayList<>();
        remarks.add("every one of " + Borrowers.COUNT + " served after, s: " + Text.allSeconds(all(runs)));
        remarks.add("the first of them after, s: " + Text.allSeconds(first));
        runs.values().stream()
                .filter(run -> run.served() < Borrowers.COUNT)
                .forEach(run -> remarks.add("only " + run.served() + " of " + Borrowers.COUNT + " served within "
                        + Text.seconds(PATIENCE)));
        remarks.addAll(runs.remarks(run -> Text.seconds(run.all())));
        return remarks;
    }

    private static List<Long> all(Repeats<Run> runs) {
        return runs.values().stream().map(Run::all).toList();
    }
}
