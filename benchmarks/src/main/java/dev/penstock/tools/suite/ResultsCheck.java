package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.suite.RowChange.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run against the results that were written once. */
final class ResultsCheck {
    private final SuiteReport old;
    private final SuiteReport now;
    private final Scope scope;
    private final double tolerance;
    private final List<RowChange> changes = new ArrayList<>();

    private ResultsCheck(SuiteReport old, SuiteReport now, Scope scope, double tolerance) {
        this.old = old;
        this.now = now;
        this.scope = scope;
        this.tolerance = tolerance;
    }

    /**
     * Compares all groups.
     *
     * @param scope what was to be measured; what was not, is not missing
     * @param tolerance 0.1 for 10 %
     */
    static ResultsCheck of(SuiteReport old, SuiteReport now, Scope scope, double tolerance) {
        ResultsCheck check = new ResultsCheck(old, now, scope, tolerance);
        old.groups().stream()
                .filter(group -> scope.chosen().test(group.group()))
                .forEach(check::compare);
        now.groups().stream()
                .filter(group -> old.group(group.group()).isEmpty())
                .forEach(group -> check.add(group.group(), null, Kind.NEW, "not in the results"));
        return check;
    }

    private void compare(GroupResult before) {
        GroupResult after = now.group(before.group()).orElse(null);
        if (before.failure() != null) { // all rows would be new, and none compared
            add(before.group(), null, Kind.MISSING, "has no results to compare with: " + before.failure());
        } else if (after == null) {
            add(before.group(), null, Kind.MISSING, "not measured");
        } else if (after.failure() != null) {
            add(before.group(), null, Kind.MISSING, "could not be measured: " + after.failure());
        } else {
            compare(before, after);
        }
    }

    private void compare(GroupResult before, GroupResult after) {
        Map<String, Figure> left = new LinkedHashMap<>();
        after.figures().forEach(figure -> left.put(figure.name(), figure));
        for (Figure figure : before.figures()) {
            compare(before.group(), figure, left.remove(figure.name()));
        }
        left.keySet().forEach(name -> add(before.group(), name, Kind.NEW, "not in the results"));
    }

    private void compare(String group, Figure before, @Nullable Figure after) {
        Interval was = before.ratio();
        Interval is = after == null ? null : after.ratio();
        if (after == null) {
            add(group, before.name(), absent(group, before.name()), "not measured");
        } else if (before.promise() != null && after.promise() == null) {
            add(group, before.name(), Kind.MISSING, "promises nothing any more");
        } else if (was != null && is == null) {
            add(group, before.name(), Kind.MISSING, "has no ratio any more");
        } else if (was != null && is != null) {
            add(group, before.name(), RowChange.of(was, is, tolerance), text(is) + ", was " + text(was));
        }
    }

    private void add(String group, @Nullable String row, Kind kind, String text) {
        changes.add(new RowChange(group, row, kind, text));
    }

    /** Quick mode leaves out rows that full mode measures, but no group; they are missing if both are of a kind. */
    private Kind absent(String group, String row) {
        boolean quick = now.effort() == SuiteEffort.QUICK && old.effort() == SuiteEffort.FULL;
        return quick || scope.leavesOut(group, row) ? Kind.LEFT_OUT : Kind.MISSING;
    }

    private static String text(Interval ratio) {
        return Digits.text(ratio.estimate()) + " x (95 %: " + Digits.ends(ratio) + ")";
    }

    /** Whether nothing became worse and nothing is missing; of promises it says nothing. */
    boolean passed() {
        return changes.stream().noneMatch(change -> change.kind().fails());
    }

    /** All rows of both. */
    List<RowChange> changes() {
        return List.copyOf(changes);
    }

    /** A line for each row that is not the same, and how many there were of each kind. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        changes.stream()
                .filter(change -> change.kind() != Kind.SAME)
                .map(RowChange::line)
                .forEach(lines::add);
        String counts = Arrays.stream(Kind.values())
                .map(kind ->
                        changes.stream().filter(change -> change.kind() == kind).count() + " "
                                + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        lines.add("check, tolerance " + Digits.text(100 * tolerance) + " %: " + counts + ": "
                + (passed() ? "passed" : "FAILED"));
        return lines;
    }
}
