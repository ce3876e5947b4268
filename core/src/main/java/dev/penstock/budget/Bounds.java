package dev.penstock.budget;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers and names of a plan may be. With these bounds no sum that is made of them leaves a {@code long}: a
 * fleet has at most 11 x 10^6 replicas (see {@link Rollout}) of 10^6 connections each, and there are at most 10^5
 * fleets of a kind.
 */
final class Bounds {
    /** The most that a single number may be. */
    static final int MOST = 1_000_000;

    /** The most entries in a list. */
    static final int MOST_ENTRIES = 100_000;

    /** As long as PostgreSQL's own names, and as {@code application_name}. */
    private static final int LONGEST_NAME = 63;

    private Bounds() {}

    static void between(String field, int least, int most, int value) {
        if (value < least || value > most) {
            throw new InvalidBudgetException(field, "must be between " + least + " and " + most, value);
        }
    }

    static void between(String field, double least, double most, double value) {
        if (!(value >= least && value <= most)) { // so that it holds for what is not a number, too
            throw new InvalidBudgetException(field, "must be between " + least + " and " + most, value);
        }
    }

    static void quantile(double value) {
        if (!(value > 0 && value < 1)) {
            throw new InvalidBudgetException("quantile", "must be more than 0 and less than 1", value);
        }
    }

    /** What one replica, or one instance, may hold: a product of numbers each of which may be {@link #MOST}. */
    static void connectionsOfOne(String product, long value) {
        if (value > MOST) {
            throw new InvalidBudgetException(product, "must be at most " + MOST, value);
        }
    }

    static void name(String field, String value) {
        Objects.requireNonNull(value, field);
        if (value.isBlank()
                || value.length() > LONGEST_NAME
                || !value.codePoints().allMatch(Bounds::isPrinted)) {
            throw new InvalidBudgetException(
                    field,
                    "must have 1 to " + LONGEST_NAME
                            + " characters, none of them a control character or half of a surrogate pair",
                    value);
        }
    }

    private static boolean isPrinted(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }

    /** Returns an immutable copy of a list in which every name is another. */
    static <T> List<T> named(String field, List<T> list, Function<T, String> name) {
        if (list.size() > MOST_ENTRIES) {
            throw new InvalidBudgetException(field, "must have at most " + MOST_ENTRIES + " entries", list.size());
        }
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            String here = name.apply(list.get(i));
            if (!seen.add(here)) {
                throw new InvalidBudgetException(at(field, i) + ".name", "must be another for each", here);
            }
        }
        return List.copyOf(list);
    }

    static void oneOf(String field, @Nullable String name, Set<String> known) {
        if (name != null && !known.contains(name)) {
            throw new InvalidBudgetException(field, "must be the name of a PgBouncer tier of the plan", name);
        }
    }

    static String at(String list, int index) {
        return list + "[" + index + "]";
    }
}
