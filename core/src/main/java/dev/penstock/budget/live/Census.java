package dev.penstock.budget.live;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Sessions of clients, counted at one moment. Each holds one of {@code max_connections}. Not among them is what has
 * places of its own: autovacuum, background and parallel workers, and walsenders (since PostgreSQL 12).
 *
 * <p>Of sessions of roles whose privileges it lacks, PostgreSQL shows a plain role the application, the user and the
 * database, but neither the state nor whether it is a client that is connected. Such sessions are counted as clients:
 * that may be some too many (parallel workers, background workers and walsenders of logical replication look the same),
 * never too few.
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
}
