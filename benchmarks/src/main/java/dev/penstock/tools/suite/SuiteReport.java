package dev.penstock.tools.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All of a run.
 *
 * @param effort how much was measured
 * @param facts when, on what machine, and with which versions; for people, in this order
 * @param groups in the order in which they ran
 */
record SuiteReport(SuiteEffort effort, Map<String, String> facts, List<GroupResult> groups) {
    SuiteReport {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        groups = List.copyOf(groups);
    }

    /** As it is read again once it was written. */
    SuiteReport rounded() {
        return new SuiteReport(
                effort, facts, groups.stream().map(GroupResult::rounded).toList());
    }

    /** Whether all groups could be measured. */
    boolean complete() {
        return groups.stream().allMatch(group -> group.failure() == null);
    }

    /** Whether they could, and no promise is broken. */
    boolean kept() {
        return groups.stream().allMatch(GroupResult::kept);
    }

    /** By name. */
    Optional<GroupResult> group(String name) {
        return groups.stream().filter(group -> group.group().equals(name)).findFirst();
    }

    /** The verdict: what is not as promised, by name. */
    List<String> verdict() {
        List<String> lines = new ArrayList<>();
        for (GroupResult group : groups) {
            if (group.failure() != null) {
                lines.add("NOT MEASURED  " + group.group() + ": " + group.failure());
            }
            group.broken()
                    .forEach(figure -> lines.add("BROKEN  " + group.group() + ": " + FigureTable.sentence(figure)));
        }
        lines.add(lastLine());
        return lines;
    }

    private String lastLine() {
        long promises = groups.stream()
                .flatMap(group -> group.figures().stream())
                .filter(figure -> figure.promise() != null)
                .count();
        int broken = groups.stream().mapToInt(group -> group.broken().size()).sum();
        return groups.size() + " groups, " + effort.name().toLowerCase(Locale.ROOT) + ": "
                + (broken == 0 ? "all " + promises + " promises kept" : broken + " of " + promises + " promises broken")
                + (complete() ? "" : "; not everything was measured");
    }
}
