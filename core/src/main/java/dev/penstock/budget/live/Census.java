package dev.penstock.budget.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sessions of clients, counted at one moment. Each holds one of {@code max_connections}. Not among them is what has
 * places of its own: autovacuum, background and parallel workers, and walsenders (since PostgreSQL 12).
 *
 * <p>Of sessions of roles whose privileges it lacks, PostgreSQL shows a plain role the application, the user and the
 * database, but neither the state nor whether it is a client that is connected. Such sessions are counted as clients:
 * that may be some too many: parallel workers, background workers and walsenders of logical replication look the same.
 *
 * @param groups the largest first
 */
public record Census(List<Group> groups) {
    /** Sorts and copies the list. */
    public Census {
        groups = groups.stream()
                .sorted(Comparator.comparingInt(Group::sessions).reversed().thenComparing(Group::toString))
                .toList();
    }

    /** All, with those that are {@link #unknown()} and the one that asked. */
    public int sessions() {
        return count(group -> true);
    }

    /** Those that the role may not look at: their state is not known, and that they are clients is not certain. */
    public int unknown() {
        return count(Group::hidden);
    }

    /** Those that asked: one; none if the census is somebody else's. */
    public int own() {
        return count(Group::own);
    }

    /** Those of that user. */
    public int ofUser(String user) {
        return count(group -> Objects.equals(group.user(), user));
    }

    /** Those in that database. */
    public int inDatabase(String database) {
        return count(group -> Objects.equals(group.database(), database));
    }

    /** Those in that state, for example {@code idle}; what is unknown is in none. */
    public int inState(String state) {
        return count(group -> Objects.equals(group.state(), state));
    }

    private int count(Predicate<Group> counted) {
        return groups.stream().filter(counted).mapToInt(Group::sessions).sum();
    }

    /** How many, in which state, and a line for each group. */
    List<String> explain() {
        Map<String, Integer> byState = new TreeMap<>();
        groups.forEach(group -> byState.merge(group.shownState(), group.sessions(), Integer::sum));
        String states = byState.entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
        List<String> lines = new ArrayList<>();
        lines.add("sessions: " + sessions() + (groups.isEmpty() ? "" : states));
        groups.forEach(group -> lines.add("  " + group));
        return lines;
    }
}
