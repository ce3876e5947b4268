package dev.penstock.replay.pools;

import dev.penstock.replay.report.Table;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Two pools below the same code that runs away.
 *
 * @param plain HikariCP over pgjdbc, with the limits set on the server
 * @param penstock the same over Penstock, with the limits as its settings
 * @param plainWork what became of that code over the plain pool
 * @param penstockWork and over the other
 */
public record Runaways(Tally plain, Tally penstock, Work plainWork, Work penstockWork) {

    /** A report that was cut. */
    public record Report(Duration after, String sqlState) {}

    /**
     * What became of the code.
     *
     * @param reports that found a connection
     * @param cut of them
     * @param lockWaited how long the next order waited for the row; empty if it waits still
     * @param told what the forgotten transaction was told in the end; empty if nothing
     */
    public record Work(int reports, List<Report> cut, Optional<Duration> lockWaited, Optional<String> told) {
        public Work {
            cut = List.copyOf(cut);
        }

        /** Until the last of them was cut; empty if one was not, or none was begun. */
        public Optional<Duration> longest() {
            return cut.size() < reports
                    ? Optional.empty()
                    : cut.stream().map(Report::after).max(Duration::compareTo);
        }
    }

    /** Both pools over time, and above them what the code was doing. */
    public List<String> timeline(Duration step) {
        return new Timeline(step, "running away", "no more reports")
                .of(List.of(new Timeline.Row("plain", plain), new Timeline.Row("Penstock", penstock)));
    }

    public Table table() {
        return new Table("borrows served / failed", "HikariCP + pgjdbc", "HikariCP + Penstock")
                .row("before", plain.before(), penstock.before())
                .row("while reports run away", plain.during(), penstock.during())
                .row("when no more are begun", plain.after(), penstock.after())
                .row("reports begun / cut", counts(plainWork), counts(penstockWork))
                .row("a report is cut after", cutAfter(plainWork), cutAfter(penstockWork))
                .row("the next order waits for its row", waits(plainWork), waits(penstockWork))
                .row("longest getConnection()", Texts.of(plain.longestWait()), Texts.of(penstock.longestWait()));
    }

    private static String counts(Work work) {
        return work.reports() + " / " + work.cut().size();
    }

    private static String cutAfter(Work work) {
        return work.longest().map(Texts::of).orElse("never");
    }

    private static String waits(Work work) {
        return work.lockWaited().map(Texts::of).orElse("still");
    }
}
