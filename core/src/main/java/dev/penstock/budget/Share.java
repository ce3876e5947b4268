package dev.penstock.budget;

/**
 * What a service gets of what there is, next to the others.
 *
 * @param weight with {@link Sharing#WEIGHTED}: its pools are to those of others as their weights
 * @param priority with {@link Sharing#PRIORITISED}: 1 comes first
 * @param most the largest pool that it has a use for, for example what {@link PoolSizing} says
 */
public record Share(int weight, int priority, int most) {
    /** As much as anybody. */
    public static final Share EVEN = new Share(1, 1, Bounds.MOST);

    /** Each from 1 to 10^6. */
    public Share {
        Bounds.between("weight", 1, Bounds.MOST, weight);
        Bounds.between("priority", 1, Bounds.MOST, priority);
        Bounds.between("most", 1, Bounds.MOST, most);
    }

    /** The same with another weight. */
    public Share withWeight(int other) {
        return new Share(other, priority, most);
    }

    /** The same with another priority. */
    public Share withPriority(int other) {
        return new Share(weight, other, most);
    }

    /** The same with another most. */
    public Share withMost(int other) {
        return new Share(weight, priority, other);
    }
}
