package dev.penstock.budget;

/**
 * How many replicas of a service run.
 *
 * @param steady as a rule; zero if there is none until something needs it
 * @param maximum the most that an autoscaler makes of it; the same as {@code steady} without one
 */
public record Replicas(int steady, int maximum) {
    /** {@code maximum} from 1 to 10^6, {@code steady} from 0 to that. */
    public Replicas {
        Bounds.between("maximum", 1, Bounds.MOST, maximum);
        if (steady < 0 || steady > maximum) {
            throw new InvalidBudgetException("steady", "must be between 0 and maximum (" + maximum + ")", steady);
        }
    }

    /** Always as many. */
    public static Replicas of(int count) {
        return new Replicas(count, count);
    }
}
