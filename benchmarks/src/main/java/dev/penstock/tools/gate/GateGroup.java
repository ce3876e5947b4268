package dev.penstock.tools.gate;

import dev.penstock.bench.Side;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Figures;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.SuiteEffort;
import dev.penstock.tools.turns.Comparison;
import dev.penstock.tools.turns.Promise;
import dev.penstock.tools.turns.TurnOptions;
import dev.penstock.tools.turns.Turns;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** Borrow and return with gate and breaker, leases not watched. */
public final class GateGroup implements Group {
    private static final Promise PROMISE = new Promise(15, 0);

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 27 : 95);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws RunnerException {
        TurnOptions options = switch (effort) {
            case QUICK -> TurnOptions.of(3, 8, 100);
            case FULL -> TurnOptions.of(6, 10, 250);
        };
        Comparison comparison = new Turns(options, GateBenchCommand.DEPTH).compare(Side.GATE, progress);
        return List.of(
                Figures.bare(Side.HIKARI.title(), comparison.bare()),
                Figures.compared(Side.GATE.title(), comparison, Figures.kept(effort, comparison, PROMISE)));
    }
}
