package dev.penstock.tools.tune.mix;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Units of work, each as often as its weight says.
 *
 * @param name for people: that of a built-in mix, or the file
 * @param units one or more
 */
public record Mix(String name, List<WorkUnit> units) {
    /** Copies the list. */
    public Mix {
        units = List.copyOf(units);
        if (units.isEmpty()) {
            throw new IllegalArgumentException("a mix must have at least one unit of work, but had none");
        }
    }

    /** One of them. */
    public WorkUnit draw(RandomGenerator random) {
        long drawn = random.nextLong(units.stream().mapToLong(WorkUnit::weight).sum());
        for (WorkUnit unit : units) {
            drawn -= unit.weight();
            if (drawn < 0) {
                return unit;
            }
        }
        throw new AssertionError("what was drawn is less than the sum of the weights");
    }
}
