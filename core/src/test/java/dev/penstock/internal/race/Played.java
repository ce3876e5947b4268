package dev.penstock.internal.race;

import dev.penstock.internal.race.Race.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a race went.
 *
 * @param winner name of the winning address, null if there is none
 * @param endedAt milliseconds from the start to the verdict
 * @param lines every move in the order of time
 * @param mostSessions most sessions that were being opened at the same time
 * @param mostDialling most TCP attempts in flight at the same time
 */
record Played(
        Verdict verdict,
        @Nullable String winner,
        double endedAt,
        List<Line> lines,
        int mostSessions,
        int mostDialling) {
    /** One move: when, what, who. */
    record Line(long at, String what, String who) {
        @Override
        public String toString() {
            return what + " " + who + " @" + number(Script.millis(at));
        }

        String whoAndWhen() {
            return who + "@" + number(Script.millis(at));
        }
    }

    private static String number(double millis) {
        return String.valueOf(Math.round(millis));
    }

    /** {@code db1@0, db2@250}: who was dialled, and when. */
    List<String> dials() {
        return of("dial");
    }

    /** Whose session was opened, and when. */
    List<String> sessions() {
        return of("open");
    }

    /** Who was dropped for this reason, and when. */
    List<String> dropped(Move.Reason reason) {
        return of("drop(" + reason + ")");
    }

    List<String> of(String what) {
        return lines.stream()
                .filter(line -> line.what().equals(what))
                .map(Line::whoAndWhen)
                .toList();
    }

    /** When it was done to this one for the first time. */
    double when(String what, String who) {
        return lines.stream()
                .filter(line -> line.what().equals(what) && line.who().equals(who))
                .mapToDouble(line -> Script.millis(line.at()))
                .findFirst()
                .orElse(Script.NEVER);
    }

    @Override
    public String toString() {
        return verdict + " " + winner + " @" + number(endedAt) + "\n"
                + lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
