package dev.penstock.tools.turns;

import dev.penstock.bench.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
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

    /** All rounds of HikariCP alone and one other, which is Penstock in some way. */
    public Comparison compare(Side other, Consumer<String> progress) throws RunnerException {
        List<Fork> bare = new ArrayList<>();
        List<Fork> guarded = new ArrayList<>();
        for (int i = 1; i <= options.forks(); i++) {
            Map<Side, Fork> round = round(i, List.of(Side.HIKARI, other));
            bare.add(round.get(Side.HIKARI));
            guarded.add(round.get(other));
            progress.accept(String.format(
                    Locale.ROOT,
                    "fork %3d of %d: bare %s, penstock %s",
                    i,
                    options.forks(),
                    round.get(Side.HIKARI),
                    round.get(other)));
        }
        return new Comparison(bare, guarded);
    }
}
