package dev.penstock.replay.pools;

import dev.penstock.replay.report.Table;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two pools through the same outage.
 *
 * @param adderStuckIn where in the driver the plain pool's adder thread was at the end, empty if nowhere
 */
public record Comparison(Tally plain, Tally penstock, Optional<String> adderStuckIn) {

    /** Both pools over time, and above them what the server was doing. */
    public List<String> timeline(Duration step) {
        Phases phases = plain.phases();
        return List.of(
                "            " + heads(phases, step),
                "plain       " + plain.timeline(step),
                "Penstock    " + penstock.timeline(step),
                "            # = borrows were served in this half second    . = not one was");
    }

    private static String heads(Phases phases, Duration step) {
        int outage = steps(phases.outage() - phases.start(), step);
        int healed = steps(phases.healed() - phases.start(), step);
        StringBuilder heads = new StringBuilder("well");
        pad(heads, outage).append("|silent");
        pad(heads, healed).append("|well again");
        return heads.toString();
    }

    private static int steps(long nanos, Duration step) {
        return (int) Math.round((double) nanos / step.toNanos());
    }

    private static StringBuilder pad(StringBuilder text, int length) {
        text.setLength(Math.min(text.length(), length));
        return text.append(" ".repeat(length - text.length()));
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
                        ? "Penstock ends every connect at its deadline, so its pool keeps trying until the server is back."
                        : "The pool over Penstock did not come back either.");
        return lines;
    }

    private static String wedge(String frame) {
        return " The one thread that opens its connections still waited for the answer to a connect made during the"
                + " outage (in " + frame + "); none of pgjdbc's default limits ends that wait.";
    }
}
