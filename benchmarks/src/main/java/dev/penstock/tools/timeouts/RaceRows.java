package dev.penstock.tools.timeouts;

import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What cancel requests hit that they were not meant for; and what they hit if nobody guards them. */
final class RaceRows {
    private static final int SESSIONS = 32;

    /** Enough to show that they are races. */
    private static final long UNGUARDED = 1_000;

    private RaceRows() {}

    static List<Row> rows(Means means) throws Exception {
        RaceOutcome unguarded = Races.unguarded(means.server(), UNGUARDED, SESSIONS);
        means.progress().accept("races without a guard: " + unguarded);
        RaceOutcome guarded = Races.guarded(means.server(), means.plan().races(), SESSIONS);
        means.progress().accept("races: " + guarded);
        return List.of(
                row("wrong statements hit", guarded.wrongStatements(), guarded),
                row("wrong borrowers met", guarded.wrongBorrowers(), guarded),
                Row.of(
                        "the same without a guard (must not be none, else these are no races)",
                        unguarded.wrong() + " of " + unguarded.races(),
                        "-",
                        RowVerdict.of(unguarded.wrong() > 0)));
    }

    private static Row row(String name, long wrong, RaceOutcome of) {
        return Row.of(
                        "cancel against the end of its statement: " + name,
                        wrong + " of " + of.races() + "; " + of.cancels() + " requests, " + of.late() + " of them late",
                        "0",
                        RowVerdict.of(wrong == 0))
                .with(Map.of("races", of.races(), "late", of.late(), "wrong", wrong))
                .with(remarks(of));
    }

    private static List<String> remarks(RaceOutcome of) {
        List<String> remarks = new ArrayList<>();
        if (!of.firstWrong().isEmpty()) {
            remarks.add(of.firstWrong());
        }
        if (of.deadMet() > 0) {
            remarks.add(of.deadMet()
                    + " times a borrower's next statement found the session closed: the one before it had taken limit and"
                    + " grace, and its answer came in that moment");
        }
        if (of.undecided() > 0) {
            remarks.add(of.undecided()
                    + " innocent statements took as long as the limit, or waited so long for a request that got lost");
        }
        return remarks;
    }
}
