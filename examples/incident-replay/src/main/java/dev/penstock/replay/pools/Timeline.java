package dev.penstock.replay.pools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several pools through the same outage, over time.
 *
 * @param step time per character
 * @param outage what the server does meanwhile, in a word
 * @param healed what it does afterwards
 */
public record Timeline(Duration step, String outage, String healed) {
    private static final int NAMES = 12;

    /** The pool's name and what became of its borrows. */
    public record Row(String name, Tally tally) {}

    /** A head with what the server was doing, one line per pool, and what the characters mean. */
    public List<String> of(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(" ".repeat(NAMES) + heads(rows.get(0).tally().phases()));
        for (Row row : rows) {
            lines.add(pad(new StringBuilder(row.name()), NAMES) + row.tally().timeline(step));
        }
        lines.add(" ".repeat(NAMES) + "# = borrows were served in this half second    . = not one was");
        return lines;
    }

    private String heads(Phases phases) {
        StringBuilder heads = new StringBuilder("well");
        pad(heads, steps(phases.outage() - phases.start())).append('|').append(outage);
        pad(heads, steps(phases.healed() - phases.start())).append('|').append(healed);
        return heads.toString();
    }

    private int steps(long nanos) {
        return (int) Math.round((double) nanos / step.toNanos());
    }

    private static StringBuilder pad(StringBuilder text, int length) {
        text.setLength(Math.min(text.length(), length));
        return text.append(" ".repeat(length - text.length()));
    }
}
