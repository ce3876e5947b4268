package dev.penstock.tools.suite;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a run was to measure: nothing else of the results is missing.
 *
 * @param chosen groups, by name
 * @param groups all that there are; each knows which of its rows this JVM cannot measure
 */
record Scope(Predicate<String> chosen, List<Group> groups) {
    Scope {
        groups = List.copyOf(groups);
    }

    /** Whether a row of a group cannot be measured here, both by name. */
    boolean leavesOut(String group, String row) {
        return groups.stream().anyMatch(one -> one.name().equals(group) && one.leavesOut(row));
    }
}
