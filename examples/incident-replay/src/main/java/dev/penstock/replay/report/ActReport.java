package dev.penstock.replay.report;

import java.util.List;

/**
 * What came of an act.
 *
 * @param lines what happened, for the reader
 * @param promises what Penstock had promised about it
 */
public record ActReport(List<String> lines, List<Promise> promises) {
    public ActReport {
        lines = List.copyOf(lines);
        promises = List.copyOf(promises);
    }
}
