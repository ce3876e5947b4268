package dev.penstock.replay.pools;

import dev.penstock.replay.report.Table;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Three pools through the same restart of the server.
 *
 * @param plain HikariCP over pgjdbc, at their defaults
 * @param penstock the same over Penstock, at its defaults
 * @param failFast the same, callers refused once the outage has lasted a while
 * @param told what a caller of the last one was told while the server was away, empty if none was refused
 */
public record Restart(Tally plain, Tally penstock, Tally failFast, Optional<String> told) {
    /** How many of the refused are as quick as the report says. */
    public static final double MOST = 0.99;

    /** All pools over time, and above them what the server was doing. */
    public List<String> timeline(Duration step) {
        return new Timeline(step, "away", "back")
                .of(List.of(
                        new Timeline.Row("plain", plain),
                        new Timeline.Row("Penstock", penstock),
                        new Timeline.Row("fail fast", failFast)));
    }

    /** Callers are needed to tell when the last of them was served again. */
    public Table table(int callers) {
        Table table = new Table("borrows served / failed", "HikariCP + pgjdbc", "HikariCP + Penstock", "fail fast");
        row(table, "before", Tally::before);
        row(table, "while the server is away", Tally::during);
        row(table, "after it is back", Tally::after);
        row(table, "connections that broke on loan", tally -> Long.toString(tally.broken()));
        row(table, "all " + callers + " callers served again after", tally -> recovery(tally, callers));
        row(table, "longest getConnection()", tally -> Texts.of(tally.longestWait()));
        row(
                table,
                "refused at once: p99",
                tally -> tally.refusedWithin(MOST).map(Texts::of).orElse("-"));
        return table;
    }

    private void row(Table table, String name, Function<Tally, String> value) {
        table.row(name, value.apply(plain), value.apply(penstock), value.apply(failFast));
    }

    private static String recovery(Tally tally, int callers) {
        return tally.allRecoveredAfter(callers)
                .map(Texts::of)
                .orElseGet(() -> "not in " + Texts.of(tally.observedAfterHealing()));
    }
}
