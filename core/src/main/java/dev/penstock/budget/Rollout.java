package dev.penstock.budget;

import java.util.Objects;

/**
 * How many replicas run beside the others while a new version is rolled out.
 *
 * <p>Kubernetes counts a replica as gone as soon as it is told to end ({@code maxSurge}, rounded up; its documentation,
 * "Deployments", section "Max Surge"). Where replicas keep their connections until the end of their grace period, old
 * and new ones overlap further: {@link #BLUE_GREEN} is on the safe side there.
 *
 * @param kind how
 * @param amount with {@link Kind#COUNT} replicas, with {@link Kind#PER_CENT} per cent of the replicas that there are;
 *     zero otherwise
 */
public record Rollout(Kind kind, int amount) {
    /** One ends before its successor begins: none beside the others. */
    public static final Rollout IN_PLACE = new Rollout(Kind.IN_PLACE, 0);

    /** A second fleet as large as the first. */
    public static final Rollout BLUE_GREEN = new Rollout(Kind.BLUE_GREEN, 0);

    /** What Kubernetes does unless it is told otherwise: {@code maxSurge: 25%}. */
    public static final Rollout USUAL = perCent(25);

    /** Ten times as many again. */
    private static final int MOST_PER_CENT = 1_000;

    /** How a new version is rolled out. */
    public enum Kind {
        /** One ends before its successor begins. */
        IN_PLACE,
        /** So many more. */
        COUNT,
        /** So many per cent more, rounded up. */
        PER_CENT,
        /** As many again. */
        BLUE_GREEN
    }

    /** An amount from 0 to 10^6, or to 1000 per cent; none where it means nothing. */
    public Rollout {
        Objects.requireNonNull(kind, "kind");
        int most = switch (kind) {
            case IN_PLACE, BLUE_GREEN -> 0;
            case COUNT -> Bounds.MOST;
            case PER_CENT -> MOST_PER_CENT;
        };
        Bounds.between("amount", 0, most, amount);
    }

    /** So many replicas more. */
    public static Rollout count(int replicas) {
        return new Rollout(Kind.COUNT, replicas);
    }

    /** So many per cent of the replicas more, rounded up as Kubernetes does. */
    public static Rollout perCent(int perCent) {
        return new Rollout(Kind.PER_CENT, perCent);
    }

    /**
     * As {@link #toString} writes it: {@code in-place}, {@code blue-green}, {@code 2} or {@code 25%}.
     *
     * @throws InvalidBudgetException if it is none of these
     */
    public static Rollout parse(String text) {
        return switch (text) {
            case "in-place" -> IN_PLACE;
            case "blue-green" -> BLUE_GREEN;
            default -> parseAmount(text);
        };
    }

    private static Rollout parseAmount(String text) {
        boolean perCent = text.endsWith("%");
        String digits = perCent ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("[0-9]{1,9}")) {
            throw new InvalidBudgetException(
                    "rollout", "must be in-place, blue-green, a count such as 2, or a percentage such as 25%", text);
        }
        int amount = Integer.parseInt(digits);
        return perCent ? perCent(amount) : count(amount);
    }

    /** How many run beside so many. */
    public long surge(int replicas) {
        return switch (kind) {
            case IN_PLACE -> 0;
            case COUNT -> amount;
            case PER_CENT -> ((long) replicas * amount + 99) / 100;
            case BLUE_GREEN -> replicas;
        };
    }

    /** For example {@code 25%}. */
    @Override
    public String toString() {
        return switch (kind) {
            case IN_PLACE -> "in-place";
            case COUNT -> Integer.toString(amount);
            case PER_CENT -> amount + "%";
            case BLUE_GREEN -> "blue-green";
        };
    }
}
