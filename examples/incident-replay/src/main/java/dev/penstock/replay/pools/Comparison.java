package dev.penstock.replay.pools;

import dev.penstock.replay.report.Table;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two pools through the same silence.
 *
 * @param adderStuckIn where in the driver the plain pool's adder thread was at the end, empty if nowhere
 */
public record Comparison(Tally plain, Tally penstock, Optional<String> adderStuckIn) {

    /** Both pools over time, and above them what the server was doing. */
    public List<String> timeline(Duration step) {
        return new Timeline(step, "silent", "well again")
                .of(List.of(new Timeline.Row("plain", plain), new Timeline.Row("Penstock", penstock)));
    }

    public Table table() {
        return new Table("borrows served / failed", "HikariCP + pgjdbc", "HikariCP + Penstock")
                .row("before", plain.before(), penstock.before())
                .row("while the server is silent", plain.during(), penstock.during())
                .row("after it has healed", plain.after(), penstock.after())
                .row("first one served after healing", recovery(plain), recovery(penstock))
                .row("longest getConnection()", Texts.of(plain.longestWait()), Texts.of(penstock.longestWait()));
    }

    private static String recovery(Tally tally) {
        return tally.recoveredAfter()
                .map(Texts::of)
                .orElseGet(() -> "NEVER (in " + Texts.of(tally.observedAfterHealing()) + ")");
    }

    /** Why the pools behaved so, as far as it was seen. */
    public List<String> explanation() {
        List<String> lines = new ArrayList<>();
        if (plain.recoveredAfter().isPresent()) {
            lines.add("This time plain HikariCP came back by itself.");
        } else {
            lines.add("Plain HikariCP stayed down: as long as it was watched, nothing but a restart would have helped."
                    + adderStuckIn.map(Comparison::wedge).orElse(""));
        }
        lines.add(
                penstock.recoveredAfter().isPresent()
                        ? "Penstock ends every connect at its deadline and tries again every second or so; the first"
                                + " connection that comes about is the pool's at once. Meanwhile it refuses callers"
                                + " without letting them wait, hence so many of them: gate.failFastAfter is the pool's"
                                + " connectionTimeout."
                        : "The pool over Penstock did not come back either.");
        return lines;
    }

    private static String wedge(String frame) {
        return " The one thread that opens its connections still waited for the answer to a connect made during the"
                + " outage (in " + frame + "); none of pgjdbc's default limits ends that wait.";
    }
}
