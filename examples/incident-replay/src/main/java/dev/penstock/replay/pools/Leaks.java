package dev.penstock.replay.pools;

import dev.penstock.replay.report.Table;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Two pools below the same code that leaks.
 *
 * @param plain HikariCP over pgjdbc
 * @param penstock the same over Penstock, with {@code reclaim=dead-owner}
 * @param plainLeaked connections that the plain pool has lost
 * @param leaked those that the pool over Penstock had lost
 * @param takenBack how many of these were taken back
 * @param namedAfter from the first leak to the first report with the place in the code, empty if there was none
 * @param report that report
 */
public record Leaks(
        Tally plain,
        Tally penstock,
        int plainLeaked,
        int leaked,
        int takenBack,
        Optional<Duration> namedAfter,
        Optional<String> report) {

    /** Both pools over time, and above them what the code was doing. */
    public List<String> timeline(Duration step) {
        return new Timeline(step, "leaking", "no more leaks")
                .of(List.of(new Timeline.Row("plain", plain), new Timeline.Row("Penstock", penstock)));
    }

    public Table table() {
        return new Table("borrows served / failed", "HikariCP + pgjdbc", "HikariCP + Penstock")
                .row("before", plain.before(), penstock.before())
                .row("while code leaks", plain.during(), penstock.during())
                .row("when it leaks no more", plain.after(), penstock.after())
                .row("connections leaked / taken back", plainLeaked + " / 0", leaked + " / " + takenBack)
                .row(
                        "place in the code named after",
                        "-",
                        namedAfter.map(Texts::of).orElse("never"))
                .row("longest getConnection()", Texts.of(plain.longestWait()), Texts.of(penstock.longestWait()));
    }
}
