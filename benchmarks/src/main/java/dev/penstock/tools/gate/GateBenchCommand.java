package dev.penstock.tools.gate;

import dev.penstock.bench.Side;
import dev.penstock.tools.Rules;
import dev.penstock.tools.report.Lines;
import dev.penstock.tools.turns.Comparison;
import dev.penstock.tools.turns.Promise;
import dev.penstock.tools.turns.TurnOptions;
import dev.penstock.tools.turns.Turns;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench gate}: borrow and return on a healthy pool, HikariCP alone against HikariCP with gate and breaker,
 * leases not watched.
 */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Borrow and return with gate and breaker against bare HikariCP: JMH forks in turn. Prints nanoseconds"
                    + " and bytes per borrow and their difference with its 95 %% interval."
        })
@SuppressWarnings("NullAway.Init") // set by picocli
public final class GateBenchCommand implements Callable<Integer> {
    /** Of the stack at the borrow. */
    static final int DEPTH = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TurnOptions options;

    @Option(
            names = "--most",
            paramLabel = "NS",
            defaultValue = "15",
            description = "What the upper 95 %% bound of the difference may be. Default ${DEFAULT-VALUE}, which is the"
                    + " promise.")
    private double most;

    @Option(names = "--check", description = "Exit code 1 if the bound is above that, or bytes are allocated.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        Rules rules = new Rules(spec);
        options.check(rules);
        rules.require("--most", "must be above 0", most, most > 0);
        Consumer<String> lines = Lines.to(spec.commandLine().getOut());
        lines.accept(
                "Borrow and return, penstock against bare HikariCP, stack depth " + DEPTH + "; " + options.perFork());
        Comparison result = new Turns(options, DEPTH).compare(Side.GATE, lines);
        Promise promise = new Promise(most, 0);
        result.lines(promise).forEach(lines);
        return check && !result.keeps(promise) ? 1 : 0;
    }
}
