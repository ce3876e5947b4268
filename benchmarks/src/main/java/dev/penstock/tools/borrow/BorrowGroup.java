package dev.penstock.tools.borrow;

import dev.penstock.bench.Side;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.SuiteEffort;
import dev.penstock.tools.turns.Promise;
import dev.penstock.tools.turns.TurnOptions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Borrow and return by one thread. Penstock is judged both as it comes and with everything on. Quick: with
 * everything on and at depth 10 only, and of the other pools none.
 */
public final class BorrowGroup implements Group {
    private static final Promise PROMISE = new Promise(45, 64);
    private static final List<Side> QUICKLY = List.of(Side.HIKARI, Side.PENSTOCK_ALL);
    private static final List<Side> OURS = List.of(Side.HIKARI, Side.PENSTOCK, Side.PENSTOCK_ALL);

    @Override
    public String name() {
        return "borrow";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 29 : 810);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws RunnerException {
        return rounds(effort).measure(progress).figures(effort, PROMISE);
    }

    private static BorrowRounds rounds(SuiteEffort effort) {
        return switch (effort) {
            case QUICK ->
                new BorrowRounds(TurnOptions.of(3, 8, 100), new TreeSet<>(List.of(10)), QUICKLY, List.of(), 0);
            case FULL ->
                new BorrowRounds(TurnOptions.of(6, 10, 250), new TreeSet<>(List.of(10, 100)), OURS, peers(), 3);
        };
    }

    private static List<Side> peers() {
        return Side.peers().stream().filter(side -> !OURS.contains(side)).toList();
    }
}
