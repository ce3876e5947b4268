package dev.penstock.tools.turns;

import dev.penstock.bench.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs one fork after another.
 *
 * @param depth of the stack at the borrow
 */
public record Turns(TurnOptions options, int depth) {
    /** A fork of each side: in this order in round 1, 3, …, in the opposite one in the others. */
    public Map<Side, Fork> round(int number, List<Side> sides) throws RunnerException {
        List<Side> order = new ArrayList<>(sides);
        if (number % 2 == 0) {
            Collections.reverse(order);
        }
        Map<Side, Fork> round = new EnumMap<>(Side.class);
        for (Side side : order) {
            round.put(side, Fork.run(side, depth, options));
        }
        return round;
    }
}
